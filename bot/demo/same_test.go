package demo

import (
	"strings"
	"testing"
)

func TestSameLetter(t *testing.T) {
	t.Parallel()
	const want = "某局函〔2020〕1号\n关于第1号提案的答复\n\n张三委员：\n  建议收悉。共 237 家。\n抄送：甲局，乙局。\n"
	for _, tc := range []struct {
		name string
		got  string
		says string // part of the difference; "" when the letters are the same
	}{
		{"itself", want, ""},
		{"width and blanks", strings.NewReplacer("：", ":", "237", "２３７", "号提案", "号 提案").Replace(want), ""},
		{"signature and date", strings.Replace(want, "抄送", "某局\n2020年9月15日\n抄送", 1), ""},
		{"signature twice", strings.Replace(want, "抄送", "某局\n某局\n抄送", 1), "某局"},
		{"another line", strings.Replace(want, "抄送", "此致\n抄送", 1), "此致"},
		{"a line at the end", want + "完\n", "too much"},
		{"a line missing", strings.Replace(want, "张三委员：\n", "", 1), "张三委员"},
		{"the last line missing", strings.Replace(want, "抄送：甲局，乙局。\n", "", 1), "lacks"},
		{"another order", strings.Replace(want, "甲局，乙局", "乙局，甲局", 1), "乙局"},
		{"a line cut in two", strings.Replace(want, "收悉。", "收悉。\n", 1), "建议收悉"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			err := SameLetter([]byte(tc.got), []byte(want), "某局", "2020 年 9 月 15 日")
			switch {
			case tc.says == "" && err != nil:
				t.Error(err)
			case tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("the difference is %v, want one that names %q", err, tc.says)
			}
		})
	}
}
