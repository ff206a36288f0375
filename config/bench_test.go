package config

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"huiban/tasks/route"
)

// BenchmarkBuiltInRouter routes ten sections of 400 characters with the built-in city; MB is what its router holds.
func BenchmarkBuiltInRouter(b *testing.B) {
	data, err := os.ReadFile("testdata/routing/sections.txt")
	if err != nil {
		b.Fatal(err)
	}
	text := []rune(strings.NewReplacer("|", "", "\n", "", "#", "").Replace(string(data)))
	c := builtInCity(b).City
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	again := builtInCity(b).City.Router
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportAllocs()
	for b.Loop() {
		for i := range 10 {
			part := string(text[i*400 : (i+1)*400])
			c.Router.Suggest(route.Text{Heading: part[:30], Body: part, Title: "关于加强城市管理的提案"}, route.Context{Lead: "minzheng"})
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(again)
}
