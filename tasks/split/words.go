package split

import (
	"strings"
)

// A heading or sentence says no more than that suggestions follow when it is made
// of these words alone, at least one of which means suggestions.
var (
	announceCore   = wordsOf("建议 对策 措施 办法 意见 举措 思路 方案 思考 想法 设想 求解 破题 破局 药方 良方")
	announceFiller = wordsOf("提案 以下 如下 具体 相关 有关 工作 主要 提出 解决 改进 下一步 我们 本人 为此 因此 特 几点 几条 几个 若干 方面 路径 政策 问题 办理" +
		" 以及 和 与 及 的 我 向 现 作 给 初步 供 参考 要求 部门 领导 点 条 项 一 二 两 三 四 五 六 、 ， , ： : （ ） 【 】 “ ”")
)

// announcesSuggestions reports whether a heading or sentence says no more than
// that suggestions follow.
func announcesSuggestions(s string) bool {
	core := false
	for len(s) > 0 {
		w := announceCore.prefix(s)
		if core = core || w != ""; w == "" {
			w = announceFiller.prefix(s)
		}
		if w == "" {
			return false
		}
		s = s[len(w):]
	}
	return core
}

// mayAnnounce is the weaker test for a heading that has a list below it.
func mayAnnounce(s string) bool { return announcements.of(s) || questions.begins(s) }

// questions are how a heading asks what is to be done. What to think of it, and why it is so, is none.
var questions = wordsOf("如何破 如何解 如何办 如何做 如何改 如何治 如何应对 如何堵 怎样破 怎样解 怎样办 怎样做 怎样改 怎样治 怎样应对 怎样堵 怎么破 怎么解 怎么办 怎么做 怎么改 怎么治 怎么干 怎么应对 怎么堵 路在何方 出路何在 出路在哪")

var announcements = endingsOf("对策建议 意见建议 几点建议 对策措施 的对策 的建议 建议和措施 措施建议 工作建议 建议与对策 对策与建议 建议如下 建议的内容 建议内容 提案内容 的设想 的思路 的想法 的打算 的举措 的措施 的办法 的路径 的方案 怎么办 做些什么 支持的事项 解决的事项 建议事项 请求事项 建议的事项")

var actions = wordsOf("解决 加强 完善 推进 推动 建立 健全 优化 强化 加大 加快 提升 提高 改善 规范 开展 落实 深化 拓宽 构建 打造 创新 增设 增加 明确 制定 设立 严格 统筹 实施 支持 鼓励 引导 培育 发挥 充分 破解 整治 治理 改进 缓解 消除 化解 妥善 重视 切实 进一步 建议 尽快 应当 应该 摸清 掌握 出台 组织 做好 做强 做大 抓好 抓实 聚焦 坚持 突出 压实 搭建 扩大 促进 积极 全面 科学 合理 大力 着力 简化 盘活 设置 修建 修订 改造 新建 扩建 升级 整合 协调 督促 试点 探索 推广 选派 引进 培养 依法 完成 保障 增强 延长 开通 补齐 减少 降低 清理 配备 普及 丰富 畅通 研究 启动 早日 优先 统一 理顺 调整 编制 多措并举 拓展 激发 注重 成立 安排 取消 恢复 禁止 限制 希望 请")

// isAction reports whether a text begins as a suggestion does.
func isAction(s string) bool { return actions.begins(s) }

var backgroundEnds = endingsOf("现状 问题 原因 情况 背景 意义 必要性 重要性 困难 不足 分析 理由 概况 短板 成因 挑战 依据 可行性 瓶颈 形势 弊端 缘由 困境 难点 隐患 影响 说明 做法 难题 表现 危害 由来 缘起 症结 病根 病因 根源 痛点 案据 案由 事由 经验 启示 借鉴 提出 成效 效果 效益")

var backgroundStarts = wordsOf("存在 现状 背景 问题 成因 原因 面临 基本情况 基本现状 案由 提案背景 提案缘由 提案理由 提案由来 当前存在 目前存在 制约 概况 前言 引言 调研 预期 为什么")

// longestBackground bounds, in characters, such a heading.
const longestBackground = 24

// isBackground reports whether a heading opens an account of how things are.
func isBackground(s string) bool {
	if s == "" || len(s) > longestBackground*hanSize {
		return false
	}
	bare := strings.TrimRight(s, "：:。")
	return (backgroundEnds.of(bare) || backgroundStarts.begins(bare)) && !isAction(s)
}

// courtesies are politeness and procedure, as they begin; leaveWords are what a paper
// asks for when it takes leave.
var (
	courtesies = wordsOf("以上 特此 妥否 感谢 衷心感谢 致谢 鸣谢 谢谢 此致 敬礼 结语 结束语 附件 附： 附: 办理要求 答复要求 办理方式 答复方式 答复形式 办理程序 提案办理 如有不妥 专此 谨此 当否 可否 望予 请予考虑 请有关部门予以 办理期限 尊敬的 各位 大概就这些 请多批评 请批评指正 敬请 顺祝 顺颂 不当之处 不妥之处")
	leaveWords = wordsOf("恳请 恳望 敬请 为盼 为荷 为谢 期盼已久 研究落实 充分重视 持续关注 研究采纳 予以采纳 盼予采纳 供参考 部门参考 单位参考 领导参考 指正 予以考虑 请予考虑 予以重视 书面答复 予以答复 研究答复 尽早答复 谢谢 顺祝 顺颂 此致 致以 谢意 敬意 谨向 拿出办法 认真研究 督办件 重点督办 重点办理 请批评 多批评 多包涵 说得不对 写得不好 将本建议 将本提案 把本建议 把本提案 提案已")
)

// askWords are what a line asks for that is nothing but leave-taking.
var askWords = wordsOf("供参考 指正 予以考虑 请予考虑 予以采纳 研究采纳 研究答复 书面答复 为盼")

// procedures are headings of what is asked of the office, not of its work.
var procedures = wordsOf("附言 附注 办理过程 提案办理 建议办理 建议的办理 提案的办理 表态 本提案 本建议 办理工作 有关请求 几点请求 有关说明 几点说明 办理的请求 答复的方式 前景展望 未来展望 工作展望 答复方式 办理方式 办理要求 答复要求 办理建议 联系与反馈 联系方式 反馈方式")

// longestProcedure bounds, in bytes, such a heading.
const longestProcedure = 16 * hanSize

// longestLeave bounds, in bytes, a sentence that takes leave.
const longestLeave = 60 * hanSize

// furniture are words of the page that a text was copied from.
var (
	furniture       = wordsOf("Copyright 相关链接： 相关链接: 政协新闻： 版权所有 ICP 网站地图 发表评论 责任编辑： 责任编辑: 公网安备 分享到： 分享到: 上一篇： 上一篇: 下一篇： 下一篇: 上一条： 上一条: 下一条： 下一条: 【打印 【关闭")
	furnitureStarts = wordsOf("打印本页 关闭窗口 分享到 上一篇 下一篇 返回顶部 返回列表 扫一扫 打印该页 打印此页 关闭本页 字体大小 发自我的")
)

// longestFurniture bounds, in bytes, a line of the page around a text.
const longestFurniture = 100 * hanSize

// isFurniture reports whether a line belongs to the page that a text was copied from.
func isFurniture(s string) bool {
	return len(s) < longestFurniture && (furniture.in(s) || furnitureStarts.begins(s))
}

// isClosing reports whether a paragraph begins to sum up.
func isClosing(s string) bool { return sums.begins(s) }

var sums = wordsOf("希望有关部门 希望政府 希望各级 希望市政府 希望县政府 总之 综上 相信 我们相信 我相信 希望通过 期待")

// looksAround reports whether a paragraph gives an account before it comes to the point.
func looksAround(s string) bool { return accounts.begins(s) }

var accounts = wordsOf("应当看到 应该看到 应当说 应该说 应当指出 应该指出 据了解 据调查 从外地 从国内 他山之石")

// isCourtesy reports whether a text is politeness or procedure.
func isCourtesy(s string) bool {
	return afterwords[s] || courtesies.begins(s) || len(s) <= longestProcedure && procedures.in(s)
}

// afterwords are chapters behind the suggestions.
var afterwords = map[string]bool{"其他": true, "其它": true, "展望": true, "尾声": true, "后记": true, "愿景": true, "余论": true, "写在最后": true, "联系人": true}

// partHeading recognises a line without a number that is the heading of a part.
func partHeading(s string) class {
	if len(s) > 60 || s == "" {
		return noClass
	}
	bare := strings.Trim(s, "【】[]：:。《》“”")
	r, _ := decode(bare)
	for _, l := range labels[r] {
		if l.class >= classBody && len(l.word) > 2*hanSize && string(l.word) == bare {
			return l.class
		}
	}
	switch {
	case announcesSuggestions(bare):
		return classSuggest
	case len(bare) <= 36 && isBackground(bare) && !hasSign(bare, "，。；"):
		return classBackground
	}
	return noClass
}

// clause returns the beginning of a text up to its first punctuation or line
// break, without spaces and at most n characters.
func clause(s string, n int) string {
	end, seen := len(s), false
scan:
	for i, r := range s {
		switch {
		case n == 0 || isBreak(r) && seen:
			end = i
			break scan
		case isBlank(r):
			continue
		}
		switch r {
		case '。', '；', ';', '：', ':', '！', '？', '!', '?':
			end = i
			break scan
		}
		seen = true
		n--
	}
	return squeeze(s[:end])
}

// opening returns the beginning of a text without white space up to its first sign that ends a
// clause, or "" when that is too long for a heading.
func opening(s string) string {
	for i := 0; i <= longestBackground*hanSize; {
		if i >= len(s) {
			return s
		}
		if startsHan(s[i]) {
			i += hanSize
			continue
		}
		r, size := decode(s[i:])
		switch r {
		case '。', '；', ';', '：', ':', '！', '？', '!', '?':
			return s[:i]
		}
		i += size
	}
	return ""
}
