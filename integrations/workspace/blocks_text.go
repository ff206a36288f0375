package workspace

import "unicode/utf8"

// textObject checks a text object of one of kinds.
func textObject(c *checker, path string, v any, least, most int, kinds ...string) {
	o, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return
	}
	kind, _ := o["type"].(string)
	if len(kinds) == 1 && kind != kinds[0] {
		c.fail(path+"/type", "must be %s", kinds[0])
		return
	}
	fields := []field{need("text", counted(least, most))}
	switch kind {
	case "plain_text":
		fields = append(fields, may("emoji", boolean))
	case "mrkdwn":
		fields = append(fields, may("verbatim", boolean))
	default:
		c.fail(path+"/type", "must be plain_text or mrkdwn")
		return
	}
	c.object(path, o, fields)
}

// counted is a string that counts towards the text of all blocks.
func counted(least, most int) rule {
	check := str(least, most)
	return func(c *checker, path string, v any) {
		if s, ok := v.(string); ok {
			c.chars += utf8.RuneCountInString(s)
		}
		check(c, path, v)
	}
}

func plainText(least, most int) rule {
	return func(c *checker, path string, v any) { textObject(c, path, v, least, most, "plain_text") }
}

func anyText(least, most int) rule {
	return func(c *checker, path string, v any) { textObject(c, path, v, least, most) }
}

// richElement is an element at the top of a rich text block.
func richElement(c *checker, path string, v any) {
	o, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return
	}
	inline := need("elements", list(0, 1000, richInline))
	switch o["type"] {
	case "rich_text_section":
		c.object(path, v, []field{inline})
	case "rich_text_preformatted":
		c.object(path, v, []field{inline, may("border", integer(0, 8)), may("language", str(0, 64))})
	case "rich_text_quote":
		c.object(path, v, []field{inline, may("border", integer(0, 8))})
	case "rich_text_list":
		c.object(path, v, []field{
			need("style", oneOf("bullet", "ordered")), need("elements", list(1, 1000, richElement)),
			may("indent", integer(0, 8)), may("offset", integer(0, 1<<20)), may("border", integer(0, 8)),
		})
	default:
		c.fail(path+"/type", "unsupported type: %v", o["type"])
	}
}

// richInline is text or a reference inside rich text.
func richInline(c *checker, path string, v any) {
	o, ok := v.(obj)
	if !ok {
		c.fail(path, "must be an object")
		return
	}
	style := may("style", richStyle)
	id := str(1, 255)
	var fields []field
	switch o["type"] {
	case "text":
		fields = []field{need("text", counted(1, maxPostText)), style}
	case "link":
		fields = []field{need("url", str(1, maxURL)), may("text", counted(0, maxSectionText)), may("unsafe", boolean), style}
	case "emoji":
		fields = []field{need("name", id), may("unicode", str(0, 255)), may("skin_tone", integer(0, 6)), style}
	case "user":
		fields = []field{need("user_id", id), style}
	case "channel":
		fields = []field{need("channel_id", id), style}
	case "usergroup":
		fields = []field{need("usergroup_id", id), style}
	case "broadcast":
		fields = []field{need("range", oneOf("here", "channel", "everyone")), style}
	case "color":
		fields = []field{need("value", str(1, 16)), style}
	case "date":
		fields = []field{
			need("timestamp", integer(0, 1<<40)), need("format", str(1, 255)), may("url", httpURL), may("fallback", str(0, 255)), style,
		}
	default:
		c.fail(path+"/type", "unsupported type: %v", o["type"])
		return
	}
	c.object(path, v, fields)
}

func richStyle(c *checker, path string, v any) {
	c.object(path, v, []field{
		may("bold", boolean), may("italic", boolean), may("strike", boolean), may("code", boolean),
		may("underline", boolean), may("highlight", boolean), may("client_highlight", boolean), may("unlink", boolean),
	})
}
