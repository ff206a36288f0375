package workspace

// Limits of charts, in code points and items.
const (
	maxChartTitle    = 50
	maxChartLabel    = 20
	maxChartSeries   = 6
	maxChartPoints   = 20
	maxAxisLabel     = 50
	minSegmentWeight = 0
)

// chart checks the chart of a data_visualization block.
func chart(c *checker, path string, v any) {
	o, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return
	}
	switch o["type"] {
	case "pie":
		c.object(path, o, []field{need("segments", list(1, maxChartSeries, segment))})
	case "bar", "area", "line":
		c.object(path, o, []field{
			need("series", list(1, maxChartSeries, series)),
			need("axis_config", func(c *checker, path string, v any) {
				c.object(path, v, []field{
					need("categories", list(1, maxChartPoints, counted(1, maxChartLabel))),
					may("x_label", counted(0, maxAxisLabel)), may("y_label", counted(0, maxAxisLabel)),
				})
			}),
		})
		c.seriesFit(path, o)
	default:
		c.fail(path+"/type", "unsupported type: %v", o["type"])
	}
}

func segment(c *checker, path string, v any) {
	o := c.object(path, v, []field{need("label", counted(1, maxChartLabel)), need("value", number)})
	if n, ok := o["value"].(float64); ok && n <= minSegmentWeight {
		c.fail(path+"/value", "must be more than 0")
	}
}

func series(c *checker, path string, v any) {
	point := func(c *checker, path string, v any) {
		c.object(path, v, []field{need("label", str(1, maxChartLabel)), need("value", number)})
	}
	c.object(path, v, []field{need("name", counted(1, maxChartLabel)), need("data", list(1, maxChartPoints, point))})
}

// seriesFit asks for one point for each category in every series, and for different names.
func (c *checker) seriesFit(path string, o obj) {
	axis, _ := o["axis_config"].(obj)
	categories, _ := axis["categories"].([]any)
	all, _ := o["series"].([]any)
	names := map[string]bool{}
	for _, v := range all {
		one, _ := v.(obj)
		name := text(one["name"])
		if names[name] {
			c.fail(path+"/series", "series names must be unique")
		}
		names[name] = true
		points, _ := one["data"].([]any)
		left := map[string]bool{}
		for _, category := range categories {
			left[text(category)] = true
		}
		for _, p := range points {
			point, _ := p.(obj)
			delete(left, text(point["label"]))
		}
		if len(points) != len(categories) || len(left) > 0 {
			c.fail(path+"/series", "each category needs exactly one data point")
		}
	}
}

// feedbackButton is one half of a pair of feedback buttons.
func feedbackButton(c *checker, path string, v any) {
	c.object(path, v, []field{
		need("text", plainText(1, maxButtonText)), need("value", str(1, maxButtonValue)), may("accessibility_label", str(0, 75)),
	})
}
