package workspace

import "unicode/utf8"

// blockFields are the fields of a block type, without type and block_id.
func blockFields(kind string) ([]field, bool) {
	switch kind {
	case "divider":
		return nil, true
	case "section":
		return []field{
			may("text", anyText(1, maxSectionText)), may("fields", list(1, maxSectionFields, anyText(1, maxFieldText))),
			may("accessory", element("section", sectionElements())), may("expand", boolean),
		}, true
	case "header":
		return []field{need("text", plainText(1, maxHeaderText))}, true
	case "context":
		return []field{need("elements", list(1, maxContextElements, contextElement))}, true
	case "actions":
		return []field{need("elements", list(1, maxActionElements, element("actions", actionsElements())))}, true
	case "context_actions":
		return []field{need("elements", list(1, 5, element("context_actions", []string{"feedback_buttons", "icon_button"})))}, true
	case "input":
		return []field{
			need("label", plainText(1, maxInputLabel)), need("element", element("input", inputElements())),
			may("hint", plainText(1, maxInputLabel)), may("optional", boolean), may("dispatch_action", boolean),
		}, true
	case "image":
		return []field{
			need("alt_text", str(1, maxAltText)), may("image_url", httpURL), may("slack_file", slackFile),
			may("title", plainText(1, maxAltText)),
			may("image_width", integer(0, 1<<20)), may("image_height", integer(0, 1<<20)),
			may("image_bytes", integer(0, 1<<40)), may("is_animated", boolean), may("fallback", str(0, maxAltText)),
		}, true
	case "rich_text":
		return []field{need("elements", list(1, 1000, richElement))}, true
	case "table":
		return []field{
			need("rows", list(1, maxTableRows, list(1, maxTableColumns, tableCell))),
			may("column_settings", list(0, maxTableColumns, columnSetting)),
		}, true
	case "markdown":
		return []field{need("text", markdownText)}, true
	case "data_visualization":
		return []field{need("title", counted(1, maxChartTitle)), need("chart", chart)}, true
	case "file":
		return []field{need("external_id", str(1, maxExternalID)), need("source", oneOf("remote"))}, true
	}
	return nil, false
}

// allowedOn says on which surfaces a block may stand.
func allowedOn(kind string, s surface) bool {
	switch kind {
	case "table", "markdown", "file", "context_actions", "data_visualization":
		return s == surfaceMessage
	default:
		return true
	}
}

func markdownText(c *checker, path string, v any) {
	s, ok := v.(string)
	if !ok {
		c.fail(path, "must be a string")
		return
	}
	n := utf8.RuneCountInString(s)
	c.chars += n
	if c.markdown += n; n == 0 || c.markdown > maxMarkdown {
		c.fail(path, "must be 1 to %d characters over all markdown blocks", maxMarkdown)
	}
}

func slackFile(c *checker, path string, v any) {
	o := c.object(path, v, []field{may("id", str(1, 64)), may("url", httpURL)})
	if o != nil && (o["id"] == nil) == (o["url"] == nil) {
		c.fail(path, "exactly one of id and url is required")
	}
}

// contextElement is a text object or an image.
func contextElement(c *checker, path string, v any) {
	o, ok := v.(obj)
	if ok && o["type"] == "image" {
		element("context", []string{"image"})(c, path, v)
		return
	}
	anyText(1, maxSectionText)(c, path, v)
}

func tableCell(c *checker, path string, v any) {
	if v == nil {
		return
	}
	o, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return
	}
	switch o["type"] {
	case "raw_text":
		c.object(path, v, []field{need("text", counted(0, maxSectionText))})
	case "raw_number":
		c.object(path, v, []field{need("value", number), may("text", counted(0, maxSectionText))})
	case "rich_text":
		c.object(path, v, []field{need("elements", list(1, 100, richElement)), may("block_id", str(0, maxBlockID))})
	default:
		c.fail(path+"/type", "unsupported type: %v", o["type"])
	}
}

func number(c *checker, path string, v any) {
	if _, ok := v.(float64); !ok {
		c.fail(path, "must be a number")
	}
}

func columnSetting(c *checker, path string, v any) {
	if v == nil {
		return
	}
	c.object(path, v, []field{may("align", oneOf("left", "center", "right")), may("is_wrapped", boolean)})
}

// view checks a whole modal or Home tab.
func (c *checker) view(path string, v obj) {
	fields := []field{
		need("blocks", func(c *checker, path string, v any) {
			blocks, ok := v.([]any)
			if !ok {
				c.fail(path, "must be an array")
				return
			}
			c.blocks(path, blocks)
		}),
		may("private_metadata", str(0, maxPrivateMetadata)),
		may("callback_id", str(0, maxCallbackID)),
		may("external_id", str(0, maxExternalID)),
	}
	kind := "home"
	if c.surface == surfaceModal {
		kind = "modal"
		title := plainText(1, maxViewTitle)
		fields = append(fields,
			need("title", title), may("submit", title), may("close", title), may("clear_on_close", boolean),
			may("notify_on_close", boolean), may("submit_disabled", boolean))
	}
	if v["type"] != kind {
		c.fail(path+"/type", "must be %s", kind)
	}
	c.object(path, v, fields)
	if kind == "modal" && c.inputs > 0 && v["submit"] == nil {
		c.fail(path, "missing required field: submit (the view has input blocks)")
	}
}
