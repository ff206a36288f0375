package workspace

// option checks an option object whose text obeys text.
func option(text rule, fields ...field) rule {
	all := append([]field{need("text", text), need("value", str(1, maxOptionValue))}, fields...)
	return func(c *checker, path string, v any) { c.object(path, v, all) }
}

func plainOption(c *checker, path string, v any) {
	option(plainText(1, maxOptionText), may("description", plainText(1, maxOptionText)))(c, path, v)
}

// richOption is an option of checkboxes and radio buttons, which may use mrkdwn.
func richOption(c *checker, path string, v any) {
	option(anyText(1, maxOptionText), may("description", anyText(1, maxOptionText)))(c, path, v)
}

func overflowOption(c *checker, path string, v any) {
	option(plainText(1, maxOptionText), may("description", plainText(1, maxOptionText)), may("url", httpURL))(c, path, v)
}

func optionGroup(c *checker, path string, v any) {
	c.object(path, v, []field{need("label", plainText(1, maxOptionText)), need("options", list(1, maxOptions, plainOption))})
}

func confirmation(c *checker, path string, v any) {
	c.object(path, v, []field{
		need("title", plainText(1, maxConfirmTitle)), need("text", anyText(1, maxConfirmText)),
		need("confirm", plainText(1, maxConfirmButton)), need("deny", plainText(1, maxConfirmButton)),
		may("style", oneOf("primary", "danger")),
	})
}

func dispatchConfig(c *checker, path string, v any) {
	c.object(path, v, []field{may("trigger_actions_on", list(1, 2, oneOf("on_enter_pressed", "on_character_entered")))})
}

func conversationFilter(c *checker, path string, v any) {
	c.object(path, v, []field{
		may("include", list(1, 4, oneOf("im", "mpim", "private", "public"))),
		may("exclude_external_shared_channels", boolean), may("exclude_bot_users", boolean),
	})
}

// options lists an element's options, those of its groups included.
func options(o obj) []obj {
	var out []obj
	add := func(v any) {
		items, _ := v.([]any)
		for _, item := range items {
			if opt, ok := item.(obj); ok {
				out = append(out, opt)
			}
		}
	}
	add(o["options"])
	groups, _ := o["option_groups"].([]any)
	for _, g := range groups {
		if group, ok := g.(obj); ok {
			add(group["options"])
		}
	}
	return out
}

// sameOption reports whether opt is among known, text included.
func sameOption(known []obj, opt obj) bool {
	k := findOption(known, opt["value"])
	if k == nil {
		return false
	}
	a, _ := k["text"].(obj)
	b, _ := opt["text"].(obj)
	return a != nil && b != nil && text(a["text"]) == text(b["text"])
}

// findOption returns the option with that value, which must be a string.
func findOption(known []obj, value any) obj {
	want, ok := value.(string)
	if !ok {
		return nil
	}
	for _, k := range known {
		if k["value"] == want {
			return k
		}
	}
	return nil
}

// text is v if it is a string, else "".
func text(v any) string {
	s, _ := v.(string)
	return s
}
