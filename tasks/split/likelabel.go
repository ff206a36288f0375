package split

import (
	"strings"
)

// labelEnds tell what a label asks for that labelWords does not have: 提案方, 意向承办单位.
var labelEnds = []struct {
	endings
	class class
}{
	{endingsOf("希望承办单位 意向承办单位 意向办理单位 承办单位意见 办理单位建议 承办建议 承办意向 建议承办 希望承办 希望办理"), classWished},
	{endingsOf("承办单位 主办单位 会办单位 协办单位 办理单位 分类 类别 类型 界别 公开 意见"), classForm},
	{endingsOf("标题 题目 名称 主题 案名"), classTitle},
	{endingsOf("编号 序号 案号 提案号 建议号 登记号"), classNumber},
	{endingsOf("届次 会次 届别"), classSession},
	{endingsOf("单位及个人 提案人 提案者 提案方 提案委员 建议人 建议者 领衔人 提出人 提出者 人员 单位/人 联名人 召集人 发起人 代表团 代表 委员"), classProposer},
	{endingsOf("日期 时间"), classDate},
	{endingsOf("电话 手机 地址 邮编 邮箱 联系人 联系方式"), classContact},
}

// handles are words of a label that asks who is to handle the paper.
var handles = wordsOf("办理 承办 交办")

// longestLikeLabel bounds, in characters, a label that is known by its end only.
const longestLikeLabel = 12

// likeLabel recognises a label with a colon by how it ends.
func (d *document) likeLabel(l line) (class, int) {
	i := indexSign(cut(d.src[l.a:l.b], 2*longestLikeLabel), "：:，。；")
	if i <= 0 {
		return noClass, 0
	}
	r, size := decode(d.src[l.a+i:])
	name := squeeze(d.src[l.a : l.a+i])
	if r != '：' && r != ':' || len(name) > longestLikeLabel*hanSize || strings.IndexFunc(name, func(r rune) bool { return !isHan(r) && r != '/' && r != '、' }) >= 0 {
		return noClass, 0
	}
	if sessionIn(name) != "" || withoutPost(name) != name {
		return noClass, 0 // 市政协七届三次会议  提案号：, 卜某某委员：关于…
	}
	if strings.HasPrefix(name, "是否") {
		return classForm, l.a + i + size
	}
	if wishes.begins(name) && handles.in(name) {
		return classWished, l.a + i + size
	}
	for _, e := range labelEnds {
		if !e.of(name) {
			continue
		}
		if e.class == classForm && wishes.in(name) && strings.HasSuffix(name, "单位") {
			return classWished, l.a + i + size
		}
		if strings.Contains(name, "、") && e.class != classForm && e.class != classWished {
			return noClass, 0 // 殷某、苗某代表：关于…
		}
		return e.class, l.a + i + size
	}
	return noClass, 0
}

// isLabel reports whether a word is nothing but a label: the head of a table's column.
func isLabel(word string) bool {
	r, _ := decode(word)
	for _, l := range labels[r] {
		if string(l.word) == word {
			return true
		}
	}
	return columns.begins(word)
}

var columns = wordsOf("姓名 单位职务 职务 性别 党派 民族 签名 集体/ 个人/")

// wishes are words of a label that says what its author would like.
var wishes = wordsOf("希望 盼望 建议 应 要 请 意向 拟")
