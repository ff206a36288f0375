package split

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// class is what a label at the start of a line announces.
type class int

const (
	noClass class = iota
	classTitle
	classCause // 案由: the title in one form, the reasons in another
	classNumber
	classSession
	classProposer
	classSeconder
	classWished
	classDate
	classContact
	classCircle // 界别: a proposer where no one is named
	classAuthor // a proposer where no other is named
	classSource // where a page has the text from
	classForm   // filled in by an office, or of no use here
	classBody   // neither background nor suggestions by itself
	classSummary
	classBackground
	classSuggest
)

var labelWords = map[class]string{
	classTitle:      "提案 案题 主题 提案主题 建议主题 题目 标题 题 提案题目 提案标题 提案名称 建议名称 建议题目 建议标题 案名 提案案由 建议案由 议题",
	classCause:      "案由 事由",
	classNumber:     "号数 顺序号 编号 提案号 案号 提案编号 建议号 建议编号 提案序号 序号 流水号 登记号",
	classSession:    "届次 会次 会议 会议届次 届别 会议名称",
	classProposer:   "建议提出 提案提出 党派团体 提案团体 集体提案人 界别提案 党派提案 团体提案 集体提案 提案人 提案者 建议人 提出人 领衔代表 领衔人 领衔 领衔提案人 第一提案人 提案委员 提案单位 集体提案单位 联名提案人 联名人 联名者 附议代表 附议代表姓名 代表姓名 委员姓名 提案人姓名 联名提案人姓名 建议代表 提出代表团 提案代表团 提案小组 建议提出人 提出单位 提交单位 提案党派 提案界别 提议人 联名代表 提出建议代表 提出代表 提案代表 参与代表 见案人 反映人 提出提案委员 提出委员 主提人 主提案人 提案提出人 建议提出人 提出者 建议者 提议者 提交人 提交者 联名 姓名 提建议人 提案人签名 建议人签名 代表签名 委员签名 提案人签字 代表签字 委员签字 第一建议人 第一提案者 领衔建议人 代表 委员 人大代表 政协委员 发言人 来信人 写信人 提案主体 建议主体 建议单位 提出 提案单位及个人 提案党派",
	classSeconder:   "附议人 附议者 附议委员 附议 附议人姓名",
	classWished:     "希望办理的承办单位 希望由何单位承办 建议由何单位承办 提案去向建议 建议去向 建议分送 建议转送 建议主办会办单位 建议交由 希望交由 拟请交由 " + wishedLabels(),
	classDate:       "提交 提案日期 提交日期 日期 提交时间 提出时间 提出日期 提案时间 建议日期 时间",
	classContact:    "联系电话 电话 手机 手机号码 通讯地址 通信地址 联系地址 地址 邮编 邮政编码 联系人 邮箱 电子邮箱 联系方式 单位及职务 工作单位 单位职务 身份证号 微信",
	classCircle:     "界别 所属界别",
	classAuthor:     "作者 撰稿人 执笔人 执笔 撰稿",
	classSource:     "来源 信息来源 稿件来源",
	classForm:       "发布日期 阅读量 点击数 点击量 浏览数 浏览量 阅读 浏览 字体 字体大小 索引号 文号 主题分类 体裁分类 服务对象 办理情况 办理结果 反馈时间 反馈意见 答复时间 附议人签名 立案日期 立案编码 所在代表团 所属代表团 电子信箱 审查意见 主办单位 会办单位 分办单位 承办单位 办理单位 协办单位 主题词 交办意见 发布时间 更新时间 分类 类别 提案类别 提案类型 建议类型 所在选区 提案形式 提案分类 相关情况 备注 签名 签章 是否公开 公开方式 党派 代表团 立案情况 处理意见 关键词 附件 选区 主要执笔人 主笔 责任编辑 编辑 浏览次数 附件下载",
	classBody:       "建议全文 提案全文 全文 建议正文 提案正文 议案内容 内容 提案内容 建议内容 主要内容 具体内容 正文 案由及建议",
	classBackground: "案据 其他 其它 其他事项 其他说明 有关说明 相关说明 需要说明的问题 预期效果 预期成效 可行性分析 理由 由 提案理由 情况 基本情况 情况分析 情况说明 问题 存在问题 存在的问题 主要问题 背景 现状 现状分析 原因 原因分析 问题及分析 调研情况 案由分析 缘由 提案背景 背景情况 问题分析",
	classSummary:    "内容摘要 摘要 内容提要 提要 提案摘要",
	classSuggest:    "建议 议 具体建议 意见建议 意见和建议 对策建议 对策与建议 办法 建议及办法 建议和办法 解决办法 建议和措施 建议措施 措施 提案建议 工作建议 建议如下 对策 几点建议 办理建议 解决建议 意见 对策措施 请求 请求事项 希望 呼吁",
}

// wishedLabels puts together the labels that ask who is to handle the paper: 建议承办单位,
// 会办意向. 办理建议 heads suggestions, 拟办 alone is an office's.
func wishedLabels() string {
	var all []string
	for verb := range strings.FieldsSeq("主办 承办 办理 会办 协办 分办 交办") {
		for wish := range strings.FieldsSeq("建议 希望 意向 拟 拟请") {
			for unit := range strings.FieldsSeq("单位 部门 的单位 的部门") {
				all = append(all, wish+verb+unit)
			}
		}
		all = append(all, "建议"+verb, "希望"+verb, verb+"意向", verb+"单位意向", verb+"部门意向", verb+"单位建议", verb+"部门建议", verb+"建议单位")
		if verb != "办理" && verb != "交办" {
			all = append(all, verb+"建议")
		}
	}
	return strings.Join(append(all, "拟办单位", "拟办部门"), " ")
}

type label struct {
	word  []byte // Chinese characters only
	class class
}

// labels holds the labels by their first character, the longest first.
var labels = func() map[rune][]label {
	m := map[rune][]label{}
	for c, words := range labelWords {
		for w := range strings.FieldsSeq(words) {
			r, _ := decode(w)
			m[r] = append(m[r], label{[]byte(w), c})
		}
	}
	for r := range m {
		slices.SortFunc(m[r], func(a, b label) int { return len(b.word) - len(a.word) })
	}
	return m
}()

// labelAt recognises a label at offset at, letter-spaced or broken over lines
// as it may be, and returns its class and the offset after its colon.
func (d *document) labelAt(at int) (class, int) {
	if at >= len(d.src) {
		return noClass, 0
	}
	if strings.HasPrefix(d.src[at:], "【") {
		at += len("【")
	}
	first, _ := decode(d.src[at:])
	words := labels[first]
	if len(words) == 0 {
		return noClass, 0
	}
	var letters [longestLabel * hanSize]byte
	var ends [longestLabel]int
	spread := letters[:d.spread(at, &letters, &ends)*hanSize]
	for _, l := range words {
		// Many begin alike: most are told apart by their last byte.
		if n := len(l.word); n > len(spread) || spread[n-1] != l.word[n-1] || !bytes.HasPrefix(spread, l.word) {
			continue
		}
		if end, ok := d.colon(ends[len(l.word)/hanSize-1], l); ok {
			if l.class == classForm && wishRemark(d.src[ends[len(l.word)/hanSize-1]:end]) {
				return classWished, end // 承办单位（建议）
			}
			return l.class, end
		}
	}
	return noClass, 0
}

// longestLabel is the number of characters of the longest label.
const longestLabel = 9

// spread reads the Chinese characters at offset at without the white space between
// them, and the offset behind each, as far as a label may go. It returns their number.
func (d *document) spread(at int, letters *[longestLabel * hanSize]byte, ends *[longestLabel]int) int {
	n := 0
	for ; n < longestLabel && at < len(d.src) && startsHan(d.src[at]); n++ {
		copy(letters[n*hanSize:], d.src[at:at+hanSize])
		at += hanSize
		ends[n] = at
		at = d.skipBlank(at, 24)
	}
	return n
}

func (d *document) skipBlank(at, most int) int {
	for end := at; end < len(d.src); {
		if startsHan(d.src[end]) {
			return end
		}
		r, size := decode(d.src[end:])
		if !isBlank(r) && r != '|' {
			return end
		}
		if end += size; end-at > most {
			return at
		}
	}
	return len(d.src)
}

// colon finds the end of a label: a colon, perhaps after a bracketed remark, the
// border of a table cell, or for some labels the end of the line.
func (d *document) colon(at int, l label) (int, bool) {
	rest := d.skipBlank(at, 12)
	r, size := decode(d.src[rest:])
	if _, _, marked := parseMark(d.src, rest, true); !marked && (r == '（' || r == '(') {
		if end := strings.IndexAny(cut(d.src[rest:], 14), "）)"); end > 0 {
			_, w := decode(d.src[rest+end:])
			rest = d.skipBlank(rest+end+w, 12)
			r, size = decode(d.src[rest:])
		}
	}
	if r == '】' {
		rest += size
		if r, size = decode(d.src[rest:]); r != '：' && r != ':' {
			return rest, true
		}
	}
	if r == '：' || r == ':' || r == '｜' {
		return rest + size, true
	}
	if len(l.word) < 2*hanSize {
		return 0, false
	}
	gap := d.src[at:rest]
	if i := strings.IndexFunc(gap, isBreak); i >= 0 {
		rest = at + i // the value of a label without a colon stands on its line
	}
	switch w := string(l.word); {
	case strings.ContainsAny(gap, "|\t│┃"):
		return rest, true
	case l.class >= classBody, w == "代表", w == "委员", w == "会议", w == "时间", w == "提案":
		return 0, false
	case strings.ContainsAny(gap, "\n") || rest == len(d.src):
		return rest, true
	case l.class <= classCause:
		return rest, gap != "" && (strings.HasPrefix(d.src[rest:], "关于") || titleLike(firstLine(d.src[rest:])))
	case gap == "":
		return 0, false
	case utf8.RuneCountInString(gap) > 1:
		return rest, true
	}
	line := cut(cell(firstLine(d.src[rest:])), longestTitle)
	if l.class == classWished && allUnits(line) {
		return rest, true
	}
	if utf8.RuneCountInString(line) > longestValue || hasSign(line, "。；：:") {
		return 0, false
	}
	if l.class != classProposer {
		return rest, true
	}
	who := squeeze(dropBrackets(line))
	return rest, !titleEnd(who) && (nameLine(withoutContacts(line)) || parties(who)) // 人 大 代 表 建 议
}

func firstLine(s string) string {
	if i := strings.IndexFunc(s, isBreak); i >= 0 {
		s = s[:i]
	}
	return s
}

// cell returns s up to where the next field of its line may begin.
func cell(s string) string {
	for _, border := range []string{"|", "  ", "\u3000"} {
		s, _, _ = strings.Cut(s, border)
	}
	return s
}

// longestValue is the length, in characters, of what may follow a label with one space.
const longestValue = 20

// wishRemark reports whether what stands between a form's label and its value says that
// it is a wish.
func wishRemark(s string) bool {
	return hasSign(s, "（(") && (strings.Contains(s, "建议") || strings.Contains(s, "希望") || strings.Contains(s, "意向"))
}
