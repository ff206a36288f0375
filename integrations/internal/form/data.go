package form

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// isData tells a table of like rows under a heading from a form: all rows have the same number of cells, and either there
// are several of them or the first row alone holds labels.
func isData(rows [][]string) bool {
	if len(rows) < 2 || len(rows[0]) < 2 || paired(rows) {
		return false
	}
	for _, cells := range rows {
		if len(cells) != len(rows[0]) {
			return false
		}
	}
	return len(rows) > 2 && len(rows[0]) > 2 && !hasLong(rows) || headed(rows)
}

// paired reports whether every other cell is a label, most of them known ones.
func paired(rows [][]string) bool {
	labels, sure := 0, 0
	for _, cells := range rows {
		if len(cells)%2 != 0 {
			return false
		}
		for i := 0; i < len(cells); i += 2 {
			if strings.TrimSpace(cells[i]) == "" {
				continue
			}
			if _, ok := Label(cells[i]); !ok {
				return false
			}
			labels++
			if known(cells[i]) {
				sure++
			}
		}
	}
	return labels > 0 && sure*2 >= labels
}

// headMax is the length in characters of what may stand at the head of a column of a table of two.
const headMax = 6

// headed reports whether the first row heads the columns: short labels, and no row below begins with one.
func headed(rows [][]string) bool {
	for i, cells := range rows {
		first, isLabel := Label(cells[0])
		switch {
		case i > 0 && (isLabel || strings.TrimSpace(cells[0]) == ""):
			return false
		case i == 0 && slices.ContainsFunc(cells, func(c string) bool {
			name, ok := Label(c)
			return !ok || utf8.RuneCountInString(name) > headMax
		}):
			return false
		case i == 0 && first == "":
			return false
		}
	}
	return true
}

// hasLong reports whether cells hold whole paragraphs: such a table arranges a page.
func hasLong(rows [][]string) bool {
	return slices.ContainsFunc(rows, func(cells []string) bool {
		return slices.ContainsFunc(cells, func(c string) bool { return strings.Count(c, "\n") > 2 })
	})
}

// labels are words that stand in forms as labels only, never as values.
const labels = " 姓名 名称 性别 年龄 民族 党派 所属党派 政治面貌 界别 所属界别 单位 工作单位 所在单位 职务 职称 职业 单位职务 单位及职务 单位和职务 单位、职务 工作单位及职务 工作单位和职务 " +
	"电话 联系电话 办公电话 手机 手机号 手机号码 移动电话 固定电话 联系方式 联系人 通讯地址 通信地址 联系地址 单位地址 地址 邮编 邮政编码 邮箱 电子邮箱 电子邮件 传真 " +
	"委员证号 代表证号 证号 代表团 所属代表团 选区 备注 签名 签字 案由 案号 题目 标题 提案题目 建议题目 编号 提案号 提案编号 建议编号 序号 提案人 第一提案人 提案者 建议人 领衔代表 代表姓名 委员姓名 " +
	"附议人 联名人 附议委员 联名委员 联名代表 日期 提交日期 提交时间 提案日期 类别 提案类别 分类 届次 会次 承办单位 主办单位 会办单位 建议承办单位 希望承办单位 是否公开 是否同意公开 "

// Known reports whether a cell is a label that forms are known to have.
func Known(cell string) bool {
	name, ok := Label(cell)
	return ok && (strings.Contains(labels, " "+name+" ") || strings.Contains(parts, " "+name+" "))
}

// parts are labels of a form's longer parts, which other tables may hold too.
const parts = " 建议 理由 内容 正文 办法 措施 情况 背景 问题 原因 事由 说明 分析 提案内容 建议内容 主要内容 具体建议 主要建议 对策建议 意见建议 情况分析 问题分析 基本情况 存在问题 审查意见 办理意见 办理要求 提案理由 建议理由 具体内容 具体办法 "

func known(cell string) bool {
	name, ok := Label(cell)
	return ok && strings.Contains(labels, " "+name+" ")
}

func allKnown(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return !known(c) })
}

func anyKnown(cells []string) bool { return slices.ContainsFunc(cells, known) }
