package config

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/workday"
)

// rulesPart is rules.yaml.
type rulesPart struct {
	rules    tasks.Rules
	standing map[tasks.Kind][]word
	remindAt *yaml.Node
}

// standardHalfLife is how many months a past case takes to count half, where the rules do not say.
const standardHalfLife = 36

// kinds lists whose papers there are.
var kinds = []string{string(tasks.CPPCC), string(tasks.Congress)}

// returnReasons lists the reasons for a return that the bot has words for.
var returnReasons = []string{"not_duty", "needs_other", "superseded_law", "duplicate", "other"}

func (r *reader) rules(p *rulesPart, root *yaml.Node) {
	p.standing = map[tasks.Kind][]word{}
	v := &p.rules
	v.LessonHalfLife = standardHalfLife
	r.mapping(root, fields{
		"limits": func(n *yaml.Node) {
			r.mapping(n, fields{
				"return":          r.limit(&v.Return),
				"return_decision": r.limit(&v.ReturnDecision),
				"contribution":    r.limit(&v.Contribution),
				"reply":           r.limit(&v.Reply),
			}, "return", "return_decision", "contribution", "reply")
		},
		"reminders": func(n *yaml.Node) {
			r.mapping(n, fields{
				"before": r.remindBefore(&v.RemindBefore),
				"hour": func(n *yaml.Node) {
					v.RemindHour = -1
					if r.integer(&v.RemindHour, 0, 23)(n); v.RemindHour >= 0 {
						p.remindAt = n
					}
				},
			}, "before", "hour")
		},
		"standing": func(n *yaml.Node) {
			r.byKind(n, nil, func(kind string, value *yaml.Node) {
				var ws []word
				r.words(&ws)(value)
				p.standing[tasks.Kind(kind)] = ws
			})
		},
		"return_reasons": r.list(func(n *yaml.Node) {
			var code string
			r.choice(&code, returnReasons...)(n)
			if slices.Contains(v.ReturnReasons, code) {
				r.fault(n, "entry_twice", "value", code, "line", n.Line)
			} else if code != "" {
				v.ReturnReasons = append(v.ReturnReasons, code)
			}
		}),
		"result_classes": r.texts(&v.Classes),
		"learning": func(n *yaml.Node) {
			r.mapping(n, fields{"half_life_months": r.integer(&v.LessonHalfLife, 1, 240)}, "half_life_months")
		},
		"bounds": func(n *yaml.Node) {
			r.mapping(n, fields{
				"sections":   r.integer(&v.MaxSections, 1, 99),
				"text_runes": r.integer(&v.MaxTextRunes, 100, 100_000),
			}, "sections", "text_runes")
		},
	}, "limits", "reminders", "standing", "return_reasons", "result_classes", "bounds")
}

// byKind reads a mapping whose keys are kinds of paper, for each of them required or not.
func (r *reader) byKind(n *yaml.Node, required []string, each func(kind string, value *yaml.Node)) {
	fs := fields{}
	for _, kind := range kinds {
		fs[kind] = func(value *yaml.Node) { each(kind, value) }
	}
	r.mapping(n, fs, required...)
}

// limit reads one time limit. Calendar days and months roll off free days unless the rule says otherwise.
func (r *reader) limit(dst *workday.Rule) decode {
	return func(n *yaml.Node) {
		var unit string
		var rule workday.Rule
		count, date, roll := 0, workday.Date{}, (*yaml.Node)(nil)
		if !r.mapping(n, fields{
			"n":      r.integer(&count, 1, workday.MaxN),
			"unit":   r.choice(&unit, string(workday.WorkingDays), string(workday.CalendarDays), string(workday.Months), string(workday.Fixed)),
			"date":   r.date(&date),
			"roll":   func(v *yaml.Node) { roll = v; r.boolean(&rule.Roll)(v) },
			"name":   r.text(&rule.Name),
			"source": r.text(&rule.Source),
		}, "unit", "name", "source") || unit == "" {
			return
		}
		rule.N, rule.Unit, rule.Date = count, workday.Unit(unit), date
		if roll == nil {
			rule.Roll = rule.Unit == workday.CalendarDays || rule.Unit == workday.Months
		}
		written := func(key string) bool {
			return slices.ContainsFunc(n.Content, func(k *yaml.Node) bool { return k.Value == key })
		}
		switch fixed := rule.Unit == workday.Fixed; {
		case fixed && !written("date"):
			r.fault(n, "key_missing", "key", "date")
		case fixed && written("n"):
			r.fault(n, "limit_both", "unit", unit, "key", "n")
		case !fixed && !written("n"):
			r.fault(n, "key_missing", "key", "n")
		case !fixed && written("date"):
			r.fault(n, "limit_both", "unit", unit, "key", "date")
		default:
			*dst = rule
		}
	}
}

func (r *reader) remindBefore(dst *[]int) decode {
	return func(n *yaml.Node) {
		r.list(func(item *yaml.Node) {
			days := -1
			r.integer(&days, 0, 60)(item)
			if days < 0 {
				return
			}
			if k := len(*dst); k > 0 && (*dst)[k-1] <= days {
				r.fault(item, "descending", "value", days)
				return
			}
			*dst = append(*dst, days)
		})(n)
	}
}

// tasksRules finds the units that the rules name.
func (r *reader) tasksRules(p *rulesPart, d *tasks.Directory) tasks.Rules {
	rules := p.rules
	rules.Standing = map[tasks.Kind][]string{}
	for _, kind := range kinds {
		k := tasks.Kind(kind)
		for _, w := range p.standing[k] {
			u, ok := r.resolve(d, w)
			if !ok {
				continue
			}
			if slices.Contains(rules.Standing[k], u.ID) {
				r.fault(w.at, "entry_unit_twice", "name", w.text, "unit", u.Name)
				continue
			}
			rules.Standing[k] = append(rules.Standing[k], u.ID)
		}
	}
	return rules
}
