package letter

import (
	"strings"
)

// Template holds the city's fixed sentences. {name} is filled in; Check reports names that a sentence may not use.
type Template struct {
	Title        map[string]string // by kind of paper: {lead} {session} {number} {title}
	Intro        map[string]string // {you} {session} {title} {number}
	Member       map[string]string // 委员, 代表
	YouOne       string            // 您
	YouMany      string            // 你们
	Salutation   string            // {proposers}{member}：
	Heading      string            // 关于“{heading}”的建议
	SingleHead   bool              // a single section gets a heading too
	Ending       string            // 专此函复。
	Contact      string            // （联系人：{name}，联系电话：{phone}）
	Disclosure   string            // 公开方式：{mode}
	Copy         string            // 抄送：{list}。
	CopySep      string            // ，
	Gap          string            // 【待{department}补充】
	NumberFormat string            // {prefix}〔{year}〕{serial}号
}

// Fill replaces {name} by its value; pairs alternate names and values.
func Fill(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

var chineseDigits = []rune("零一二三四五六七八九")

// Ordinal writes 1 to 99 as Chinese heading numbers do: 一, 十, 十一, 二十.
func Ordinal(n int) string {
	switch {
	case n < 1 || n > 99:
		return ""
	case n < 10:
		return string(chineseDigits[n])
	}
	tens, ones := "", ""
	if n/10 > 1 {
		tens = string(chineseDigits[n/10])
	}
	if n%10 > 0 {
		ones = string(chineseDigits[n%10])
	}
	return tens + "十" + ones
}

// InnerQuotes turns the quotation marks inside a text that is itself quoted into single ones.
func InnerQuotes(s string) string { return strings.NewReplacer("“", "‘", "”", "’").Replace(s) }

// InnerTitle turns title marks inside a title into single ones.
func InnerTitle(s string) string { return strings.NewReplacer("《", "〈", "》", "〉").Replace(s) }
