package route

import "math"

// knots map what the evidence adds up to, from 0 to 1, onto chances. They follow
// an isotonic fit on every second one of the sections and letters that
// docs/learning.md names, made smooth; a test measures the others.
var knots = [][2]float64{{0, 0}, {0.31, 0.16}, {0.43, 0.33}, {0.54, 0.46}, {0.65, 0.68}, {0.75, 0.77}, {0.85, 0.85}, {0.92, 0.92}, {1, 0.98}}

// chance turns a sum of gains into a score from 0 to 0.98: nothing is certain.
func chance(sum float64) float64 {
	raw := 1 - math.Exp(-max(0, sum))
	for i := 1; i < len(knots); i++ {
		a, b := knots[i-1], knots[i]
		if raw <= b[0] {
			return a[1] + (b[1]-a[1])*(raw-a[0])/(b[0]-a[0])
		}
	}
	return knots[len(knots)-1][1]
}
