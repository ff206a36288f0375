package config

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"huiban/tasks/workday"
)

// calendar reads calendar.yaml, and reports each date that cannot be right where it stands.
func (r *reader) calendar(root *yaml.Node) []workday.Year {
	var years []workday.Year
	r.mapping(root, fields{"years": func(n *yaml.Node) {
		r.pairs(n, func(key word, value *yaml.Node) {
			year, err := strconv.Atoi(key.text)
			if err != nil || year < 1949 || year > 2200 {
				r.fault(key.at, "year", "value", key.text)
				return
			}
			y := workday.Year{Year: year}
			days := &yearDays{reader: r, year: year, lines: map[workday.Date]int{}}
			r.mapping(value, fields{
				"source":   r.text(&y.Source),
				"holidays": r.list(days.holiday(&y)),
				"makeup":   r.list(days.makeup(&y)),
			}, "source", "holidays")
			years = append(years, y)
		})
	}}, "years")
	return years
}

// yearDays remembers which dates of a year were already given.
type yearDays struct {
	*reader
	year  int
	lines map[workday.Date]int
}

func (d *yearDays) holiday(y *workday.Year) decode {
	return func(n *yaml.Node) {
		var h workday.Holiday
		if d.mapping(n, fields{
			"name": d.text(&h.Name),
			"off": d.list(func(item *yaml.Node) {
				h.Off = append(h.Off, d.dates(item)...)
			}),
		}, "name", "off") {
			y.Holidays = append(y.Holidays, h)
		}
	}
}

func (d *yearDays) makeup(y *workday.Year) decode {
	return func(n *yaml.Node) {
		for _, date := range d.dates(n) {
			if !date.Weekend() {
				d.fault(n, "makeup_weekday", "date", date)
				continue
			}
			y.Makeup = append(y.Makeup, date)
		}
	}
}

// dates reads a date or a range of the year that was not given before.
func (d *yearDays) dates(n *yaml.Node) []workday.Date {
	if !d.is(n, yaml.ScalarNode) {
		return nil
	}
	all, err := workday.ParseRange(n.Value)
	if err != nil {
		d.fault(n, "date_range", "value", n.Value)
		return nil
	}
	var sound []workday.Date
	for _, date := range all {
		if date.Year != d.year {
			d.fault(n, "date_year", "date", date, "year", d.year)
			return sound
		}
		if line, twice := d.lines[date]; twice {
			d.fault(n, "date_twice", "date", date, "line", line)
			continue
		}
		d.lines[date] = n.Line
		sound = append(sound, date)
	}
	return sound
}

// workdays makes the calendar of checked years.
func (r *reader) workdays(years []workday.Year) *workday.Calendar {
	before := len(*r.faults)
	c, err := workday.New(years)
	if err != nil && before == 0 {
		*r.faults = append(*r.faults, Fault{File: r.file, Message: "calendar", Args: args([]any{"detail", err}), Err: err})
	}
	return c
}
