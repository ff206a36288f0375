// Package catalog owns every text that people read in chat and on the terminal, in zh-CN and en. Code names texts by
// id; both languages hold the same ids with the same values (a test compares them). The letter is not here: it is
// Chinese in both languages and its sentences are the city's configuration.
package catalog

import (
	"embed"
	"fmt"
	"path"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

//go:embed zh-CN/*.yaml en/*.yaml
var files embed.FS

// Languages lists the languages there are, the default first.
var Languages = []string{"zh-CN", "en"}

// Text gives the texts of one language. It is safe for concurrent use.
type Text struct {
	Lang string
	loc  *i18n.Localizer

	simple map[string]simple // those of its texts that need no template
}

// loaded is what the files hold.
type loaded struct {
	bundle *i18n.Bundle
	simple map[string]map[string]simple // by language
}

var load = sync.OnceValues(func() (loaded, error) {
	bundle, all := i18n.NewBundle(language.SimplifiedChinese), map[string]map[string]simple{}
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, lang := range Languages {
		all[lang] = map[string]simple{}
		entries, err := files.ReadDir(lang)
		if err != nil {
			return loaded{}, err
		}
		for _, e := range entries {
			b, err := files.ReadFile(path.Join(lang, e.Name()))
			if err != nil {
				return loaded{}, err
			}
			if _, err := bundle.ParseMessageFileBytes(b, e.Name()+"."+lang+".yaml"); err != nil {
				return loaded{}, fmt.Errorf("catalog %s/%s: %w", lang, e.Name(), err)
			}
			if err := readSimple(b, all[lang]); err != nil {
				return loaded{}, fmt.Errorf("catalog %s/%s: %w", lang, e.Name(), err)
			}
		}
	}
	return loaded{bundle, all}, nil
})

// New returns the texts of a language: zh-CN or en.
func New(lang string) (*Text, error) {
	all, err := load()
	if err != nil {
		return nil, err
	}
	for _, known := range Languages {
		if lang == known {
			return &Text{Lang: lang, loc: i18n.NewLocalizer(all.bundle, lang), simple: all.simple[lang]}, nil
		}
	}
	return nil, fmt.Errorf("catalog: no language %q; there are %v", lang, Languages)
}

// Say returns a text; kv are alternating names and values. An unknown id comes back in brackets, and a test finds it.
func (t *Text) Say(id string, kv ...any) string {
	if parts, ok := t.simple[id]; ok {
		if s, ok := parts.fill(kv); ok {
			return s
		}
	}
	args := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		args[fmt.Sprint(kv[i])] = kv[i+1]
	}
	return t.SayMap(id, args)
}

// SayMap is Say with the values in a map.
func (t *Text) SayMap(id string, args map[string]any) string {
	s, err := t.loc.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: args})
	if err != nil {
		return "[" + id + "]"
	}
	return s
}
