package bot

import (
	"strconv"
	"strings"
)

// target is what a button or form is about. It travels in action values and private_metadata: ids only.
type target struct {
	Proposal   string
	Section    int
	Department string
	Version    int
	Verb       string // which of several things to do, for menus
}

func (t target) String() string {
	return strings.Join([]string{t.Proposal, strconv.Itoa(t.Section), t.Department, strconv.Itoa(t.Version), t.Verb}, "|")
}

func parseTarget(s string) target {
	parts := strings.Split(s, "|")
	at := func(i int) string {
		if i < len(parts) {
			return parts[i]
		}
		return ""
	}
	num := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0
		}
		return n
	}
	return target{Proposal: at(0), Section: num(at(1)), Department: at(2), Version: num(at(3)), Verb: at(4)}
}
