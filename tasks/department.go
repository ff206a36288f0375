package tasks

// Class is what kind of organ a unit is; it orders units in a copy list (上级 before 平级, then this order).
type Class string

const (
	ClassParty      Class = "党委"
	ClassCongress   Class = "人大"
	ClassGovernment Class = "政府"
	ClassCPPCC      Class = "政协"
	ClassJustice    Class = "法检"
	ClassMass       Class = "群团"
	ClassVertical   Class = "垂管"
	ClassEnterprise Class = "企业"
	ClassDistrict   Class = "镇区"
)

// Duty is a word of a unit's duties; Weight is its strength as evidence (route.PlainWeight when plain).
type Duty struct {
	Word   string
	Weight float64
}

// Department is one unit (承办单位) of the city.
type Department struct {
	ID       string   // stable key, e.g. "minzheng"; in keys, links and logs
	Name     string   // full name without the city: 市工业和信息化局
	Short    string   // short name, used in copy lists: 市工信局
	Mention  string   // name used in letters' texts; Short when empty
	Official string   // full name with the city, used as signature: 中山市工业和信息化局
	Aliases  []string // other and former names
	Self     []string // how it speaks of itself: 我局, 本局
	Class    Class
	Rank     int // order within the class
	Duties   []Duty

	Letterhead   string // 发文机关标志
	NumberPrefix string // 发文机关代字: 中民函

	NeverHandles bool   // only ever copied: 市政协提案委
	Successor    string // id of the unit that took over; "" while it exists

	Posts []Post
}

// MentionName is the name that the letter's text uses.
func (d Department) MentionName() string {
	if d.Mention != "" {
		return d.Mention
	}
	return d.Short
}

// Role is a post's part in the handling of proposals.
type Role string

const (
	RoleLiaison     Role = "liaison"     // 联络员: Order 0 is A 角, 1 is B 角
	RoleCoordinator Role = "coordinator" // 经办人
	RoleLeader      Role = "leader"      // 分管领导, 主要领导: Order 0 approves first
	RoleSupervisor  Role = "supervisor"  // 督办
)

// Post is a seat in a department and the person who holds it at present. People change posts, so what is stored in a
// proposal names departments and roles, and persons only as those who acted.
type Post struct {
	Department string
	Role       Role
	Order      int
	Title      string
	Person     Person
}

// Person is somebody who holds posts. Key identifies the person in stored facts: the e-mail address in lower case.
type Person struct {
	Key   string
	Name  string
	Slack string // member id, where the configuration names one instead of relying on the address
}
