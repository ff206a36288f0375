package config

import (
	"io/fs"
	"os"
	"time"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
	"huiban/tasks/letter"
	"huiban/tasks/workday"
)

// Config is one city's configuration, complete and checked.
type Config struct {
	City  *tasks.City
	Lang  string // of the bot's texts: zh-CN or en; letters are Chinese in both
	Slack SlackSettings
	Bot   BotSettings
}

// Default is the built-in city.
func Default() (*Config, error) { return load(&source{}) }

// Load reads a city from a folder. A file that the folder does not have is the built-in one, except that city.yaml and
// departments.yaml come together: another city brings its own directory. The error is Faults.
func Load(dir string) (*Config, error) {
	return load(&source{own: os.DirFS(dir), label: dir})
}

// LoadFS is Load from a file system; label is how faults name its root.
func LoadFS(fsys fs.FS, label string) (*Config, error) {
	return load(&source{own: fsys, label: label})
}

// draft is a configuration while its files are being read.
type draft struct {
	city     cityPart
	units    []*unit
	general  general
	rules    rulesPart
	years    []workday.Year
	template letter.Template
	bot      botPart
	files    map[string]*reader
}

func load(s *source) (*Config, error) {
	var faults Faults
	if s.own != nil {
		if s.list(&faults); len(faults) > 0 {
			return nil, faults.sorted()
		}
	}
	d := &draft{files: map[string]*reader{}}
	whole := true
	for _, name := range fileNames {
		r, root := s.open(name, &faults)
		d.files[name] = r
		if root == nil {
			whole = false
			continue
		}
		d.read(name, root)
	}
	if d.units == nil {
		// Without a directory every name that other files use would be reported as unknown.
		return nil, faults.sorted()
	}
	c := d.join()
	if !whole || len(faults) > 0 {
		return nil, faults.sorted()
	}
	return c, nil
}

// read reads one file; d.files has its reader.
func (d *draft) read(name string, root *yaml.Node) {
	r := d.files[name]
	switch name {
	case cityFile:
		r.city(&d.city, root)
	case departmentsFile:
		d.units = r.departments(root)
	case dutiesFile:
		r.general(&d.general, root)
	case rulesFile:
		r.rules(&d.rules, root)
	case calendarFile:
		d.years = r.calendar(root)
	case letterFile:
		r.letter(&d.template, root)
	case botFile:
		r.bot(&d.bot, root)
	}
}

// month is a twelfth of a year.
const month = 365 * 24 * time.Hour / 12

// join checks what the files say about each other, and makes the configuration of them.
func (d *draft) join() *Config {
	r := d.files[departmentsFile]
	r.complete(&d.city, d.units)
	r.unique(d.units)
	r.staff(d.files[cityFile], &d.city, d.units)
	directory := r.directory(d.units)
	for _, u := range d.units {
		if u.kinds != nil {
			r.knownKinds(d.general.kinds, *u.kinds)
		}
	}
	city := &tasks.City{
		Name:      d.city.name.text,
		Directory: directory,
		Rules:     d.files[rulesFile].tasksRules(&d.rules, directory),
		Calendar:  d.files[calendarFile].workdays(d.years),
		Letter:    d.template,
		Router:    router(directory, d.general.duties(d.units), d.general.blind),
		Zone:      d.city.zone,
	}
	city.Experience = tasks.NewExperience(directory, time.Duration(city.Rules.LessonHalfLife)*month)
	b := d.files[botFile]
	c := &Config{City: city, Lang: d.city.lang, Bot: d.bot.settings, Slack: b.slack(&d.bot, directory)}
	if at := d.rules.remindAt; at != nil && c.Slack.Quiet(city.Rules.RemindHour) {
		d.files[rulesFile].fault(at, "remind_quiet", "hour", city.Rules.RemindHour, "from", c.Slack.QuietFrom, "to", c.Slack.QuietTo)
	}
	return c
}
