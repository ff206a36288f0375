// The page's own words in Chinese and English, and how dates and sizes are written.

const words = {
  'zh-CN': {
    actFor: '当前身份', switchMember: '切换身份', searchMember: '按姓名、单位或职务查找', noMember: '没有找到这样的人',
    channels: '频道', directs: '私信', apps: '应用', home: '主页', messages: '消息', openMenu: '打开侧栏', closeMenu: '关闭侧栏',
    unread: '{n} 条未读', skip: '跳到正文', navigation: '会话列表', loading: '正在载入…', you: '（您）',
    emptyChannel: '这里还没有消息。', emptyHome: '应用还没有发布主页。', pickConversation: '请选择一个会话。',
    edited: '已编辑', onlyYou: '仅您可见', appTag: '应用', thread: '话题', replies: '{n} 条回复', reply: '1 条回复', replyIn: '在话题中回复', closeThread: '关闭话题',
    more: '更多操作', copyLink: '复制文字', copied: '已复制', download: '下载', newMessages: '有新消息', today: '今天', yesterday: '昨天',
    write: '写消息给 {name}', writeThread: '回复话题', send: '发送', attach: '添加文件', shortcuts: '快捷操作', dropHere: '松开即可添加文件',
    remove: '移除 {name}', uploading: '正在上传…', uploadFailed: '“{name}”没有上传成功', unknownCommand: '没有 {name} 这个命令', commands: '命令',
    people: '人员', hint: 'Enter 发送，Shift+Enter 换行，输入 / 使用命令', keptText: '您写的内容还在。',
    close: '关闭', cancel: '取消', confirm: '确定', submit: '提交', back: '返回上一张表单', optional: '（选填）', submitting: '正在提交…', working: '正在处理…',
    required: '请填写这一项', tooLong: '超出 {n} 字，最多 {max} 字', tooShort: '还差 {n} 字，至少 {min} 字', badEmail: '请填写有效的电子邮箱', badURL: '请填写以 http:// 或 https:// 开头的网址',
    badNumber: '请填写数字', notWhole: '请填写整数', tooSmall: '不能小于 {min}', tooBig: '不能大于 {max}', tooMany: '最多选择 {max} 项', stillUploading: '文件还在上传，请稍候',
    badType: '“{name}”的格式不在允许之列（{types}）', tooManyFiles: '最多 {max} 个文件', chooseFile: '选择文件', orDrop: '或拖放到这里', fileTypes: '可用格式：{types}', choose: '请选择', clear: '清除', noOptions: '没有匹配的选项', typeMore: '请再输入至少 {n} 个字', fieldErrors: '有 {n} 处需要修改',
    unsupported: '此处有一个暂不支持的内容（{type}）', image: '图片', imageFailed: '图片无法显示', appliesTo: '{name} 的选项',
    errTimeout: '应用没有在 3 秒内答复。', errOffline: '应用没有连接，收不到这次操作。', errTrouble: '应用没有正常答复。', errStale: '这张表单已经变动或关闭，请看看现在的样子再操作。', errGone: '这条消息或按钮已经不在了。', errTooLong: '文字过长，没有发送。', errMember: '工作区里没有这位成员，请重新选择身份。', join: '加入频道', notJoined: '您还没有加入这个频道，可以先看看。', errNetwork: '连接不上工作区服务。', errOther: '操作没有完成（{code}）。',
    doTimeout: '您填写的内容还在，请稍候再试一次；若多次如此，请检查应用是否在运行。', doRetry: '请稍候再试。', errNotIn: '您不是这个会话的成员。', errTooLarge: '文件过大，没有上传。',
    live: '已连接', offline: '连接已断开，正在重连…', dismiss: '关闭提示', language: 'English', languageLabel: 'Switch to English', bytes: '字节',
    fatal: '工作区没有打开。', reload: '重新载入', noMembers: '这个工作区还没有成员。', date: '日期', time: '时间', menuOf: '消息操作', threadOf: '来自 {name}', table: '表格', chars: '{n}/{max} 字',
    role_liaison: '联络员', role_coordinator: '经办人', role_leader: '分管领导', role_head: '主要领导', role_chief: '科长', role_supervisor: '督办', role_clerk: '工作人员', role_bot: '应用', role_admin: '管理员',
  },
  en: {
    actFor: 'Acting as', switchMember: 'Switch member', searchMember: 'Find by name, unit or role', noMember: 'Nobody matches',
    channels: 'Channels', directs: 'Direct messages', apps: 'Apps', home: 'Home', messages: 'Messages', openMenu: 'Open sidebar', closeMenu: 'Close sidebar',
    unread: '{n} unread', skip: 'Skip to content', navigation: 'Conversations', loading: 'Loading…', you: ' (you)',
    emptyChannel: 'No messages here yet.', emptyHome: 'The app has not published its Home yet.', pickConversation: 'Choose a conversation.',
    edited: 'edited', onlyYou: 'Only visible to you', appTag: 'App', thread: 'Thread', replies: '{n} replies', reply: '1 reply', replyIn: 'Reply in thread', closeThread: 'Close thread',
    more: 'More actions', copyLink: 'Copy text', copied: 'Copied', download: 'Download', newMessages: 'New messages', today: 'Today', yesterday: 'Yesterday',
    write: 'Message {name}', writeThread: 'Reply in thread', send: 'Send', attach: 'Add files', shortcuts: 'Shortcuts', dropHere: 'Drop to add the files',
    remove: 'Remove {name}', uploading: 'Uploading…', uploadFailed: '“{name}” could not be uploaded', unknownCommand: '{name} is not a command', commands: 'Commands',
    people: 'People', hint: 'Enter sends, Shift+Enter adds a line, / for commands', keptText: 'What you wrote is still here.',
    close: 'Close', cancel: 'Cancel', confirm: 'Confirm', submit: 'Submit', back: 'Back to the previous form', optional: ' (optional)', submitting: 'Submitting…', working: 'Working…',
    required: 'Please fill this in', tooLong: '{n} characters over the limit of {max}', tooShort: '{n} more characters needed, at least {min}', badEmail: 'Please give a valid e-mail address', badURL: 'Please give an address beginning with http:// or https://',
    badNumber: 'Please give a number', notWhole: 'Please give a whole number', tooSmall: 'Must be at least {min}', tooBig: 'Must be at most {max}', tooMany: 'Choose at most {max}', stillUploading: 'A file is still being uploaded, please wait',
    badType: '“{name}” is not of an accepted type ({types})', tooManyFiles: 'At most {max} files', chooseFile: 'Choose a file', orDrop: 'or drop it here', fileTypes: 'Accepted: {types}', choose: 'Choose', clear: 'Clear', noOptions: 'No option matches', typeMore: 'Type at least {n} more characters', fieldErrors: '{n} fields need attention',
    unsupported: 'This page cannot show a block of type {type}', image: 'Image', imageFailed: 'The image cannot be shown', appliesTo: 'Options for {name}',
    errTimeout: 'The app did not answer within 3 seconds.', errOffline: 'The app is not connected and did not receive this.', errTrouble: 'The app did not answer properly.', errStale: 'This form has changed or was closed. Look at it again before you go on.', errGone: 'This message or button is no longer there.', errTooLong: 'The text is too long and was not sent.', errMember: 'This member is not in the workspace, choose another.', join: 'Join channel', notJoined: 'You have not joined this channel, but may read it.', errNetwork: 'The workspace server cannot be reached.', errOther: 'This did not work ({code}).',
    doTimeout: 'What you filled in is still here: wait a moment and try again. If it keeps happening, check that the app is running.', doRetry: 'Please try again in a moment.', errNotIn: 'You are not a member of this conversation.', errTooLarge: 'The file is too large and was not uploaded.',
    live: 'Connected', offline: 'Connection lost, reconnecting…', dismiss: 'Dismiss', language: '中文', languageLabel: '切换到中文', bytes: 'bytes',
    fatal: 'The workspace could not be opened.', reload: 'Reload', noMembers: 'This workspace has no members yet.', date: 'Date', time: 'Time', menuOf: 'Message actions', threadOf: 'From {name}', table: 'Table', chars: '{n}/{max}',
    role_liaison: 'Liaison', role_coordinator: 'Coordinator', role_leader: 'Leader', role_head: 'Head', role_chief: 'Section chief', role_supervisor: 'Supervisor', role_clerk: 'Clerk', role_bot: 'App', role_admin: 'Administrator',
  },
};

const ZONE = 'Asia/Shanghai';
export const lang = (new URLSearchParams(location.search).get('lang') || 'zh').toLowerCase().startsWith('en') ? 'en' : 'zh-CN';

// t returns the page's word for key with {name} parts filled in.
export function t(key, parts = {}) {
  const text = words[lang][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in parts ? parts[name] : all));
}

// roleName translates the role codes the directory uses; other roles are already words.
export function roleName(role) {
  return words[lang]['role_' + role] ?? role ?? '';
}

const format = (options) => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { timeZone: ZONE, ...options });
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const full = format({ dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });
const long = format({ month: 'long', day: 'numeric', weekday: 'long' });
const longYear = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

const toDate = (ts) => new Date(Number.parseFloat(ts) * 1000);

export const clockTime = (ts) => clock.format(toDate(ts));
export const fullTime = (ts) => full.format(toDate(ts));
export const dayOf = (ts) => isoDay.format(toDate(ts));

// dayName names the day of ts relative to now (both seconds).
export function dayName(ts, now = Date.now() / 1000) {
  const day = dayOf(ts);
  if (day === dayOf(now)) return t('today');
  if (day === dayOf(now - 86400)) return t('yesterday');
  return (day.slice(0, 4) === dayOf(now).slice(0, 4) ? long : longYear).format(toDate(ts));
}

// localInput and fromLocalInput turn seconds into a datetime-local value in the workspace's
// zone and back; China has no daylight saving time, so the offset is constant.
export function localInput(seconds) {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 16);
}
export function fromLocalInput(value) {
  return value ? Math.round(Date.parse(value + 'Z') / 1000) - 8 * 3600 : null;
}

// slackDate fills Slack's date tokens ({date_num}, {time}, …).
export function slackDate(seconds, pattern) {
  const short = format({ year: 'numeric', month: 'short', day: 'numeric' });
  const pretty = (fmt) => { const name = dayName(seconds); return [t('today'), t('yesterday')].includes(name) ? name : fmt.format(toDate(seconds)); };
  const fills = {
    date_num: () => dayOf(seconds), date: () => longYear.format(toDate(seconds)), date_short: () => short.format(toDate(seconds)),
    date_long: () => longYear.format(toDate(seconds)), date_pretty: () => pretty(longYear), date_short_pretty: () => pretty(short),
    date_long_pretty: () => pretty(longYear), time: () => clockTime(seconds), time_secs: () => format({ timeStyle: 'medium', hourCycle: 'h23' }).format(toDate(seconds)), ago: () => fullTime(seconds),
  };
  return pattern.replace(/\{(\w+)\}/g, (all, name) => (fills[name] ? fills[name]() : all));
}

export function fileSize(bytes) {
  if (bytes === undefined || bytes === null) return '';
  if (bytes < 1024) return `${bytes} ${t('bytes')}`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
