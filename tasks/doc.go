// Package tasks is the trade of 提案办理: one proposal (提案 or 建议) is split into sections (办理事项), each section is
// assigned (交办) to departments, each department contributes (会办意见), the lead bureau (主办单位) consolidates, its
// leaders approve, and one reply (答复) goes out with its copy list (抄送).
//
// Invariants:
//
//   - The package is pure. Time, actor and the city's configuration come in as arguments; nothing here knows Slack,
//     Redis, HTTP or files.
//   - A Proposal stores facts (who did what, for which unit, when). Every state is a fold of facts over the table in
//     transition.go; nobody sets a state.
//   - State lives on the Assignment (section × department). What one unit does never changes another unit's state.
//   - Every deciding method checks, in this order: is the actor allowed, is the step legal now, is the input sound. It
//     changes nothing when it returns an error, and records nothing when the step was already taken by the same words.
//   - What was written is versioned and never overwritten.
package tasks
