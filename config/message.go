package config

import (
	"embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v3"
)

// The languages of the catalogs.
const (
	LangChinese = "zh-CN"
	LangEnglish = "en"
)

//go:embed messages/*.yaml
var messageFiles embed.FS

// catalogs holds the fault texts by language and id.
var catalogs = sync.OnceValue(func() map[string]map[string]string {
	return map[string]map[string]string{LangChinese: mustCatalog(LangChinese), LangEnglish: mustCatalog(LangEnglish)}
})

func mustCatalog(lang string) map[string]string {
	data, err := messageFiles.ReadFile("messages/" + lang + ".yaml")
	if err != nil {
		panic(fmt.Sprintf("config: catalog %s: %v", lang, err))
	}
	var texts map[string]string
	if err := yaml.Unmarshal(data, &texts); err != nil {
		panic(fmt.Sprintf("config: catalog %s: %v", lang, err))
	}
	return texts
}

func message(lang, id string) string {
	texts, ok := catalogs()[lang]
	if !ok {
		texts = catalogs()[LangEnglish]
	}
	if text, ok := texts[id]; ok {
		return text
	}
	return id
}
