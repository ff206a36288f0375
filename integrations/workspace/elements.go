package workspace

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

func selectKinds(multi bool) []string {
	prefix := ""
	if multi {
		prefix = "multi_"
	}
	return []string{
		prefix + "static_select", prefix + "external_select", prefix + "users_select",
		prefix + "conversations_select", prefix + "channels_select",
	}
}

func actionsElements() []string {
	return append([]string{
		"button", "checkboxes", "radio_buttons", "datepicker", "datetimepicker", "timepicker", "overflow",
	}, selectKinds(false)...)
}

func sectionElements() []string {
	kinds := append([]string{
		"button", "checkboxes", "radio_buttons", "datepicker", "timepicker", "overflow", "image",
	}, selectKinds(false)...)
	return append(kinds, selectKinds(true)...)
}

func inputElements() []string {
	kinds := append([]string{
		"plain_text_input", "rich_text_input", "email_text_input", "url_text_input", "number_input", "checkboxes",
		"radio_buttons", "datepicker", "datetimepicker", "timepicker", "file_input",
	}, selectKinds(false)...)
	return append(kinds, selectKinds(true)...)
}

func isInteractive(kind string) bool {
	return kind != "image" && (slices.Contains(actionsElements(), kind) || slices.Contains(sectionElements(), kind) ||
		slices.Contains(inputElements(), kind) || kind == "feedback_buttons" || kind == "icon_button")
}

// element checks a block element of one of the kinds allowed in a block.
func element(block string, kinds []string) rule {
	return func(c *checker, path string, v any) {
		o, ok := v.(obj)
		if !ok {
			c.fail(path, "must be an object")
			return
		}
		kind, _ := o["type"].(string)
		if !slices.Contains(kinds, kind) {
			c.fail(path+"/type", "unsupported element in %s: %s", block, kind)
			return
		}
		fields := elementFields(kind)
		if kind != "image" {
			fields = append(fields, may("action_id", str(0, maxActionID)))
		}
		c.object(path, o, fields)
		c.elementRules(path, kind, o)
	}
}

func elementFields(kind string) []field {
	confirm, focus := may("confirm", confirmation), may("focus_on_load", boolean)
	placeholder := may("placeholder", plainText(1, maxPlaceholder))
	switch kind {
	case "image":
		return []field{need("alt_text", str(1, maxAltText)), may("image_url", httpURL), may("slack_file", slackFile)}
	case "button":
		return []field{
			need("text", plainText(1, maxButtonText)), may("value", str(0, maxButtonValue)), may("url", httpURL),
			may("style", oneOf("primary", "danger")), confirm, may("accessibility_label", str(0, 75)),
			may("visible_to_user_ids", list(0, 100, str(1, 64))),
		}
	case "overflow":
		return []field{need("options", list(1, maxOverflowOptions, overflowOption)), confirm}
	case "checkboxes":
		return []field{
			need("options", list(1, maxFewOptions, richOption)), may("initial_options", list(1, maxFewOptions, richOption)), confirm, focus,
		}
	case "radio_buttons":
		return []field{need("options", list(1, maxFewOptions, richOption)), may("initial_option", richOption), confirm, focus}
	case "datepicker":
		return []field{may("initial_date", date), placeholder, confirm, focus}
	case "timepicker":
		return []field{may("initial_time", clock), may("timezone", str(1, 64)), placeholder, confirm, focus}
	case "datetimepicker":
		return []field{may("initial_date_time", integer(1e9, 1e10-1)), confirm, focus}
	case "file_input":
		return []field{may("filetypes", list(1, 100, str(1, 32))), may("max_files", integer(1, maxFileInputFiles))}
	case "feedback_buttons":
		return []field{need("positive_button", feedbackButton), need("negative_button", feedbackButton)}
	case "icon_button":
		return []field{
			need("icon", oneOf("trash")), need("text", plainText(1, maxButtonText)), may("value", str(0, maxButtonValue)), confirm,
			may("accessibility_label", str(0, 75)), may("visible_to_user_ids", list(0, 100, str(1, 64))),
		}
	}
	if fields := inputFields(kind); fields != nil {
		return append(fields, placeholder, focus)
	}
	return append(selectFields(kind), placeholder, confirm, focus)
}

func inputFields(kind string) []field {
	dispatch := may("dispatch_action_config", dispatchConfig)
	switch kind {
	case "plain_text_input":
		return []field{
			may("initial_value", str(0, maxInputLength)), may("multiline", boolean), may("min_length", integer(0, maxInputLength)),
			may("max_length", integer(1, maxInputLength)), dispatch,
		}
	case "rich_text_input":
		return []field{may("initial_value", richValue), dispatch, may("min_lines", integer(1, 100)), may("max_lines", integer(1, 100))}
	case "email_text_input", "url_text_input":
		return []field{may("initial_value", str(0, maxInputLength)), dispatch}
	case "number_input":
		return []field{
			need("is_decimal_allowed", boolean), may("initial_value", numeric), may("min_value", numeric), may("max_value", numeric), dispatch,
		}
	}
	return nil
}

func selectFields(kind string) []field {
	most := may("max_selected_items", integer(1, 100))
	id, ids := str(1, 64), list(1, 100, str(1, 64))
	filter := may("filter", conversationFilter)
	current := may("default_to_current_conversation", boolean)
	response := may("response_url_enabled", boolean)
	switch kind {
	case "static_select":
		return []field{may("options", list(1, maxOptions, plainOption)), may("option_groups", list(1, maxOptions, optionGroup)), may("initial_option", plainOption)}
	case "multi_static_select":
		return []field{
			may("options", list(1, maxOptions, plainOption)), may("option_groups", list(1, maxOptions, optionGroup)),
			may("initial_options", list(1, maxOptions, plainOption)), most,
		}
	case "external_select":
		return []field{may("initial_option", plainOption), may("min_query_length", integer(0, 100))}
	case "multi_external_select":
		return []field{may("initial_options", list(1, maxOptions, plainOption)), may("min_query_length", integer(0, 100)), most}
	case "users_select":
		return []field{may("initial_user", id)}
	case "multi_users_select":
		return []field{may("initial_users", ids), most}
	case "conversations_select":
		return []field{may("initial_conversation", id), current, response, filter}
	case "multi_conversations_select":
		return []field{may("initial_conversations", ids), current, filter, most}
	case "channels_select":
		return []field{may("initial_channel", id), response}
	case "multi_channels_select":
		return []field{may("initial_channels", ids), most}
	}
	return nil
}

// elementRules are the rules that concern more than one field of an element.
func (c *checker) elementRules(path, kind string, o obj) {
	switch kind {
	case "static_select", "multi_static_select":
		if (o["options"] == nil) == (o["option_groups"] == nil) {
			c.fail(path, "exactly one of options and option_groups is required")
		}
	case "image":
		if (o["image_url"] == nil) == (o["slack_file"] == nil) {
			c.fail(path, "exactly one of image_url and slack_file is required")
		}
	case "plain_text_input":
		least, _ := o["min_length"].(float64)
		if most, ok := o["max_length"].(float64); ok && least > most {
			c.fail(path, "min_length must not be greater than max_length")
		}
	}
	if o["options"] == nil && o["option_groups"] == nil {
		return
	}
	known := options(o)
	initial, _ := o["initial_options"].([]any)
	if one := o["initial_option"]; one != nil {
		initial = append(initial, one)
	}
	for _, v := range initial {
		if opt, ok := v.(obj); !ok || !sameOption(known, opt) {
			c.fail(path, "initial option is not among the options")
		}
	}
	seen := map[string]bool{}
	for _, opt := range known {
		value, _ := opt["value"].(string)
		if seen[value] {
			c.fail(path, "option value occurs twice: %s", value)
		}
		seen[value] = true
	}
}

func date(c *checker, path string, v any) {
	s, _ := v.(string)
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		c.fail(path, "must be a date in the form YYYY-MM-DD")
	}
}

func clock(c *checker, path string, v any) {
	s, _ := v.(string)
	if _, err := time.Parse("15:04", s); err != nil || len(s) != 5 {
		c.fail(path, "must be a time in the form HH:mm")
	}
}

func numeric(c *checker, path string, v any) {
	s, ok := v.(string)
	if _, err := strconv.ParseFloat(s, 64); !ok || err != nil {
		c.fail(path, "must be a number in a string")
	}
}

func richValue(c *checker, path string, v any) {
	c.object(path, v, []field{need("elements", list(0, 1000, richElement))})
}

var emailForm = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)

func isEmail(s string) bool { return emailForm.MatchString(s) }
