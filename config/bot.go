package config

import (
	"regexp"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"huiban/tasks"
)

// SlackSettings say where and when the bot speaks in Slack.
type SlackSettings struct {
	Channel          string            // name or id of the channel with the headline cards
	HeadlineChannels map[string]string // the lead bureaus with a channel of their own: department id to name or id
	QuietFrom        int               // hour from which nothing is sent unasked; equal to QuietTo: no quiet hours
	QuietTo          int               // hour at which it ends
}

// HeadlineChannel is where a lead bureau's headline cards stand.
func (s SlackSettings) HeadlineChannel(department string) string {
	if c, ok := s.HeadlineChannels[department]; ok {
		return c
	}
	return s.Channel
}

// Quiet reports whether an hour of the day, local time, is one of the quiet hours.
func (s SlackSettings) Quiet(hour int) bool {
	if s.QuietFrom <= s.QuietTo {
		return hour >= s.QuietFrom && hour < s.QuietTo
	}
	return hour >= s.QuietFrom || hour < s.QuietTo
}

// BotSettings bound the bot's work.
type BotSettings struct {
	Workers         int // interactions handled at once
	Queue           int // interactions that may wait
	DeliveryWorkers int // messages sent at once
	MaxFileMB       int // largest file that is taken in
}

// botPart is bot.yaml.
type botPart struct {
	settings BotSettings
	slack    SlackSettings
	channels []pair
}

type pair struct {
	key   word
	value string
}

func (r *reader) bot(b *botPart, root *yaml.Node) {
	r.mapping(root, fields{
		"slack": func(n *yaml.Node) {
			r.mapping(n, fields{
				"headline_channel":  r.channel(&b.slack.Channel),
				"headline_channels": r.channels(&b.channels),
				"quiet_hours": func(n *yaml.Node) {
					r.mapping(n, fields{"from": r.integer(&b.slack.QuietFrom, 0, 23), "to": r.integer(&b.slack.QuietTo, 0, 23)}, "from", "to")
				},
			}, "headline_channel", "quiet_hours")
		},
		"workers":          r.integer(&b.settings.Workers, 1, 1024),
		"queue":            r.integer(&b.settings.Queue, 1, 100_000),
		"delivery_workers": r.integer(&b.settings.DeliveryWorkers, 1, 256),
		"max_file_mb":      r.integer(&b.settings.MaxFileMB, 1, 100),
	}, "slack", "workers", "queue", "delivery_workers", "max_file_mb")
}

var (
	channelID   = regexp.MustCompile(`^[CG][A-Z0-9]{6,20}$`)
	channelName = regexp.MustCompile(`^[\p{Han}\p{Ll}\p{N}_-]+$`)
)

func (r *reader) channel(dst *string) decode {
	return func(n *yaml.Node) {
		var w word
		r.word(&w)(n)
		if w.at == nil {
			return
		}
		if !channelID.MatchString(w.text) && (!channelName.MatchString(w.text) || utf8.RuneCountInString(w.text) > 80) {
			r.fault(n, "channel_form", "value", w.text)
			return
		}
		*dst = w.text
	}
}

func (r *reader) channels(dst *[]pair) decode {
	return func(n *yaml.Node) {
		r.pairs(n, func(key word, value *yaml.Node) {
			p := pair{key: key}
			r.channel(&p.value)(value)
			*dst = append(*dst, p)
		})
	}
}

// slack finds the units that have a channel of their own.
func (r *reader) slack(b *botPart, d *tasks.Directory) SlackSettings {
	s := b.slack
	s.HeadlineChannels = map[string]string{}
	for _, p := range b.channels {
		u, ok := r.resolve(d, p.key)
		if !ok {
			continue
		}
		if _, twice := s.HeadlineChannels[u.ID]; twice {
			r.fault(p.key.at, "entry_unit_twice", "name", p.key.text, "unit", u.Name)
			continue
		}
		s.HeadlineChannels[u.ID] = p.value
	}
	return s
}
