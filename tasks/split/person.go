package split

import (
	"strings"
	"unicode/utf8"
)

// posts are what stands before the name of somebody who hands in a paper.
var posts = endingsOf("委员 代表 主任 主任委员 主席 副主席 秘书长 会长 院长 局长 校长 所长 科长 处长 经理 董事长 律师 教授 书记 镇长 主委 支部 界别 小组")

// callings are how words end that describe the person before them.
var callings = endingsOf("界 界别 党员 会员 盟员 社员 委员 教师 老师 医师 律师 工程师 设计师 经济师 会计师 讲师 教授 研究员 主任 主席 经理 董事长 总监 店主 队长 站长 院长 校长 所长 局长 处长 科长 厂长 社长 会长 秘书长 护士长 书记 干部 专家 学者 负责人 创始人 传承人 合伙人 理事长 个体户 村民 居民 农民 职工 工人 司机 医生 护士 民警 记者 编辑 演员 教练 主委 成员 驾驶员 营业员 军人 志愿者 创业者 工作者 从业者 经营者 经营户 业主 商人 学生 研究生 博士 硕士 主管 顾问 法官 检察官 农艺师 药师 技师 厨师 摄影师 会计 营养师 治疗师 康复师 咨询师 规划师 理发师 按摩师 音乐家 企业家 书法家 画家 作家 馆员 调度员 技术员 护理员 社工 电工 渔民 牧民 村医 兽医 校医 果农 茶农 民革 民盟 民建 民进 农工党 致公党 九三学社 台盟 无党派 无党派人士 群众")

// surnames begin nearly all names: a line of two or three characters that begins with
// one may be a name. Those that are more often another word (水, 应, 经) are left out.
const surnames = "裘屠胥闵佘禹麦涂邝劳庾阙帅逄亓郄展仝揣缪燕矫昝初由相商赫户库尉富雍洛暴逯尧晁佴牧鞠裴李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江" +
	"史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂解强柴华车冉房边辜吉饶刁瞿" +
	"戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党郎邸冀谈姬连郜晏栾郁蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫僧桑荆谌银扬明沙伏岑习保和蔺王云昌凤酆皮元湛狄贝茅麻危骆宣贲杭诸钮嵇滑荣荀羊於惠芮羿储汲邴" +
	"乌巴弓隗宓蓬郗班仰秋伊钭厉戎祖束幸韶蓟印宿怀蒲邰鄂咸籍阴苍闻莘贡扶堵宰郦却璩濮寿扈郏浦尚农慕茹宦鱼戈暨衡寇广殳沃蔚夔隆师厍勾訾阚那丰巢蒯桓肖闫付代过容沐鹿国火墨漆粟亢仉冒励呙谯茆弋粘綦笪缑睢楼朴"

var isSurname = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range surnames {
		m[r] = true
	}
	return m
}()

// longSurnames have two characters.
var longSurnames = wordsOf("欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 端木 独孤 南宫 宇文 长孙 鲜于 申屠 澹台 赫连 呼延 钟离 濮阳 淳于 单于 太史 公冶 宗政 闻人 万俟 夹谷 东郭 南门 西门 百里 轩辕 拓跋 完颜 左丘 公羊 谷梁 仲孙 漆雕 乐正 亓官 司寇 闾丘 贺兰 纳兰")

// noNames are short words that begin as names do.
var noNames = wordsOf("方法 方案 方向 方面 方式 成因 成效 成果 谢谢 时间 金融 高校 高新 高中 高度 高工 党员 党建 党派 农业 农民 农村 农工 安全 计划 项目 关于 文化 文件 单位 明确 管理 常见 强化 简介 简要 程序 张贴 代表 解决 解读 席位 万元 石油 连接 易错 和谐 古城 车辆 房屋 马路 江河 江北 江南 江东 山区 林业 沙滩 温馨 盛世 明年 年度 司法 司机 师资 师生 白天 舒适 乐园 查找 包括 丰富 宣传 元旦 毕业 云上 花园 金额 习惯 习近 许可 许多 何谓 何以 任务 任何 古树 全盲 全国 全市 全县 全区 全省 全体 全年 全面 全文 全部 曾就 曾在 曾经 暴雨 来吃 来自 来信 来电 来访 来函 来源 来稿 水平 和平 解困 石板 关键 关心 关注 国家 国有 国际 国内 国土 国企 国资 国道 国庆 国防 国外 国营 国网 火灾 火车 火锅 火化 火警 火炬 火葬 火热 容易 容量 容积 沐浴 墨水 楼房 楼道 楼宇 楼盘 楼栋 楼上 楼下 楼顶 楼梯 励志 朴素 冒充 冒领 广告 广场 广大 广泛 广东 广西")

// surname reports whether s may be a person's name, by how it begins and its length.
func surname(s string) bool {
	if len(s) > 4*hanSize {
		return false
	}
	n := utf8.RuneCountInString(s)
	if noNames.begins(s) {
		return false
	}
	if n >= 3 && n <= 4 && longSurnames.begins(s) {
		return true
	}
	r, _ := decode(s)
	return n <= 3 && isSurname[r]
}

// personal reports whether s is a name for certain enough to take it from among other words.
func personal(s string) bool { return isName(s) && surname(s) && !callings.of(s) }

// others are words before a post that do not mean one person.
var others = endingsOf("本 该 各 各位 名 有的 有些 些 多数 全体 众")

// withoutPost returns the name in a word that joins it to the post: 人大代表巫长河, 聂松年委员.
func withoutPost(tok string) string {
	for _, post := range []string{"委员", "代表"} {
		i := strings.LastIndex(tok, post)
		if i < 0 {
			continue
		}
		before, after := tok[:i], tok[i+len(post):]
		if after == "" && personal(before) {
			return before
		}
		if personal(after) && !others.of(before) {
			return after
		}
	}
	return tok
}

// describes reports whether a word behind a name says who that is: 文化艺术界,
// 农业科学研究所副研究员. What a 、 parts from the name may be another proposer.
func describes(tok string, listed bool) bool {
	if callings.of(tok) {
		return true
	}
	return !listed && (utf8.RuneCountInString(tok) >= 5 && !strings.Contains(tok, "·") || party(tok))
}
