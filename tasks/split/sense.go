package split

import "strings"

var connectors = wordsOf("我认为， 我认为, 我们认为， 我们认为, 笔者认为， 笔者认为, 本人认为， 本人认为, 同时 另外 此外 还 并 谨 再者 最后 其次 首先 为此 因此 综上所述 综上 鉴于此 鉴于以上情况 对此 基于此 基于以上 所以 我们 我 本人 特 也 一方面 另一方面 ， ,")

func withoutConnectors(s string) string {
	for {
		c := connectors.prefix(s)
		if c == "" {
			return s
		}
		s = s[len(c):]
	}
}

// suggests reports whether a sentence without connectors begins by suggesting something, for sure
// or perhaps.
func suggests(s string) (sure, perhaps bool) {
	if looksAround(s) {
		return false, false
	}
	if strict.begins(s) {
		return true, true
	}
	return false, (strings.HasPrefix(s, "应") || strings.HasPrefix(s, "要")) && !strings.HasPrefix(s, "要求") && !strings.HasPrefix(s, "应用")
}

// strict are words that a suggestion begins with, and hardly anything else.
var strict = wordsOf("建议 希望 呼吁 提议 应当 应该 应尽快 请求 亟需 恳请 提请")

// continues reports whether a paragraph carries on the one before it.
func continues(s string) bool { return continuations.begins(s) }

var continuations = wordsOf("例如 比如 目前 据 其中 这 该 因此 只有 通过 此举 从而 如此 对此 当前 具体")
