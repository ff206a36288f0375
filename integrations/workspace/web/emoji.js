// The emoji names that work messages use; an unknown name stays as it was written.

const known = {
  white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌', warning: '⚠️', exclamation: '❗', question: '❓', hourglass: '⌛', hourglass_flowing_sand: '⏳',
  alarm_clock: '⏰', bell: '🔔', calendar: '📅', date: '📅', spiral_calendar_pad: '🗓️', memo: '📝', pencil: '📝', pencil2: '✏️', page_facing_up: '📄', clipboard: '📋',
  paperclip: '📎', pushpin: '📌', round_pushpin: '📍', inbox_tray: '📥', outbox_tray: '📤', mailbox: '📫', envelope: '✉️', speech_balloon: '💬', bust_in_silhouette: '👤',
  busts_in_silhouette: '👥', office: '🏢', classical_building: '🏛️', arrow_right: '➡️', arrow_up: '⬆️', arrow_down: '⬇️', leftwards_arrow_with_hook: '↩️', repeat: '🔁',
  red_circle: '🔴', large_blue_circle: '🔵', large_green_circle: '🟢', large_yellow_circle: '🟡', white_circle: '⚪', black_circle: '⚫', large_orange_circle: '🟠',
  lock: '🔒', mag: '🔍', bar_chart: '📊', tada: '🎉', thumbsup: '👍', '+1': '👍', thumbsdown: '👎', '-1': '👎', ok: '🆗', eyes: '👀', pray: '🙏', wave: '👋', smile: '😄', bulb: '💡', star: '⭐', no_entry: '⛔', sos: '🆘', information_source: 'ℹ️',
};

export const emoji = (name) => known[name] || `:${name}:`;

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => known[name] || all);
