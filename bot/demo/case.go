package demo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
)

// Case is one whole case to be played: shared/cases/README.md describes the form.
type Case struct {
	Proposal struct {
		File     string `yaml:"file"`
		Kind     string `yaml:"kind"`
		Received Date   `yaml:"received"`
	} `yaml:"proposal"`
	Config        string           `yaml:"config"`
	Lead          string           `yaml:"lead"`
	Inform        []string         `yaml:"inform"`
	Assignments   map[int][]string `yaml:"assignments"`
	Contributions []Contribution   `yaml:"contributions"`
	LeadText      map[int]string   `yaml:"lead_text"`
	Events        []Event          `yaml:"events"`
	Reply         Reply            `yaml:"reply"`

	// Ignored are the faults of fields that nobody knows, with their lines: a case may carry remarks of its own.
	Ignored []string `yaml:"-"`

	files fs.FS
}

// Contribution is what a department's liaison types.
type Contribution struct {
	Department string `yaml:"department"`
	Section    int    `yaml:"section"`
	Placement  string `yaml:"placement"`
	Mention    string `yaml:"mention"`
	Text       string `yaml:"text"`
}

// Event is one step more, played in order before the letter is assembled.
type Event struct {
	At         Date   `yaml:"at"`
	Now        Date   `yaml:"now"`
	Do         string `yaml:"do"`
	Department string `yaml:"department"`
	Section    int    `yaml:"section"`
	By         string `yaml:"by"`
	Reason     string `yaml:"reason"`
	Suggest    string `yaml:"suggest"`
	Until      Date   `yaml:"until"`
	Text       string `yaml:"text"`
}

// Reply is what the lead says about the letter; what is left out takes the city's template.
type Reply struct {
	Letterhead string `yaml:"letterhead"`
	Number     string `yaml:"number"`
	Title      string `yaml:"title"`
	Salutation string `yaml:"salutation"`
	Opening    string `yaml:"opening"`
	Closing    string `yaml:"closing"`
	Signature  string `yaml:"signature"`
	Date       Date   `yaml:"date"`
	Class      string `yaml:"class"`
	Contact    struct {
		Name  string `yaml:"name"`
		Phone string `yaml:"phone"`
	} `yaml:"contact"`
	Disclosure       string   `yaml:"disclosure"`
	DisclosureReason string   `yaml:"disclosure_reason"`
	CopyOrder        []string `yaml:"copy_order"`
}

// Date is a date, with or without a time of day, in the city's zone.
type Date struct{ text string }

// UnmarshalYAML takes the scalar as it is written.
func (d *Date) UnmarshalYAML(n *yaml.Node) error {
	d.text = n.Value
	_, err := d.in(time.UTC)
	return err
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.text == "" }

// day is the date alone, as forms take it.
func (d Date) day() string {
	if len(d.text) < 10 {
		return ""
	}
	return d.text[:10]
}

func (d Date) in(zone *time.Location) (time.Time, error) {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.RFC3339, "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, d.text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no date of the form 2020-06-05 or 2020-06-05T10:00", d.text)
}

const maxCaseBytes = 4 << 20

// LoadCase reads case.yaml from a folder.
func LoadCase(dir string) (*Case, error) { return loadCase(os.DirFS(dir), dir) }

func loadCase(files fs.FS, label string) (*Case, error) {
	raw, err := fs.ReadFile(files, "case.yaml")
	if err != nil {
		return nil, tasks.Refuse(tasks.NotFound, "cli.case.missing", "Case", label)
	}
	if len(raw) > maxCaseBytes {
		return nil, tasks.Refuse(tasks.TooLarge, "cli.case.large", "Case", label, "Max", maxCaseBytes>>20)
	}
	c := &Case{files: files}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil {
		if c.Ignored = unknownFields(err); len(c.Ignored) == 0 {
			return nil, tasks.Refuse(tasks.Invalid, "cli.case.yaml", "Case", label, "Why", err.Error())
		}
	}
	switch {
	case c.Proposal.File == "" || path.IsAbs(c.Proposal.File):
		return nil, tasks.Refuse(tasks.Invalid, "cli.case.file", "Case", label)
	case c.Lead == "":
		return nil, tasks.Refuse(tasks.Invalid, "cli.case.lead", "Case", label)
	}
	if _, err := fs.Stat(files, path.Clean(c.Proposal.File)); err != nil {
		return nil, tasks.Refuse(tasks.NotFound, "cli.case.proposal", "Case", label, "File", c.Proposal.File)
	}
	return c, nil
}

// unknownFields lists the faults when all of them are about fields that a case does not have.
func unknownFields(err error) []string {
	faults, ok := errors.AsType[*yaml.TypeError](err)
	if !ok {
		return nil
	}
	var list []string
	for _, fault := range faults.Errors {
		if !strings.Contains(fault, "not found in type") {
			return nil
		}
		what, _, _ := strings.Cut(fault, " not found in type")
		list = append(list, what)
	}
	return list
}

func (c *Case) proposal() ([]byte, error) { return fs.ReadFile(c.files, path.Clean(c.Proposal.File)) }
