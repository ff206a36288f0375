// Package route suggests departments for a section.
//
// (Written by the lead so that huiban/tasks compiles meanwhile. The helper who owns this folder replaces this file and
// keeps these names and shapes: Unit, Duty, Text, Context, Suggestion, Evidence, Press, New, (*Router).Suggest.)
package route

// Press is the score from which a suggestion is preselected as contributor.
const Press = 0.5

type Unit struct {
	ID      string
	Names   []string
	Duties  []Duty
	Handles bool
}
type Duty struct {
	Word   string
	Weight float64
}
type Text struct{ Heading, Body, Title string }
type Context struct {
	Lead   string
	Wished []string
}
type Suggestion struct {
	Unit     string
	Score    float64
	Evidence []Evidence
}
type Evidence struct{ Kind, Word, Where string }
type Router struct{ units []Unit }

func New(units []Unit) *Router                               { return &Router{units} }
func (r *Router) Suggest(s Text, ctx Context) []Suggestion { return nil }
