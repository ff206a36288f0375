package config
import ("testing";"fmt";"huiban/tasks/route")
func TestZZ(t *testing.T){
 c,_:=Default()
 for _,id:=range []string{"minzheng","zuzhibu","gongxin","gongshanglian","zhengfuban","tianwei","rendadaigongwei","gongdian","shiqi","shijian","huoju","jiwei","tuanwei","gongshanglian","difangjinrong"}{ d,_:=c.City.Directory.Department(id); d.Duties=nil; fmt.Printf("%+v\n",d)}
 fmt.Println(len(c.City.Directory.All()),len(c.Members()),len(c.City.Directory.Supervisors()))
 fmt.Printf("%+v\n%+v\n%+v %+v %v\n",c.City.Rules,c.City.Letter,c.Slack,c.Bot,c.Lang)
 title:="关于支持我市社会组织参与粤港澳大湾区建设等战略服务的建议"
 for _,s:=range [][2]string{
 {"充分发挥党建对基层社会治理的引领功能","建议理顺社会组织党建工作的领导体制，扩大社会组织和非公有制经济组织的党组织覆盖面，指导商协会成立党支部，以基层党建带动基层社会治理。"},
 {"充分发挥粤港澳三地主要行业协会作用","建议支持行业协会承接工业互联网、产业集群等服务项目，给予专项资金扶持，加强与港澳行业协会在工业和信息化领域的交流合作。"},
 {"推动社会组织参与企业建立服务连结","建议支持社会组织为企业搭建会展、互联网等对接平台，引导律师协会、公证协会等专业社会组织进驻平台，为企业和群众提供公共法律服务。"},
 {"加快社会组织企业及民族文化服务的能力培养","建议加强社会组织负责人、秘书长等从业人员培训，出台引进高层次人才和柔性引才的补贴政策，提高社会组织的服务能力。"},
 {"加快社会组织品牌化提升建设","建议完善社会组织等级评估和信用信息公开制度，培育一批在大湾区有影响力的社会组织品牌。"}}{
  fmt.Println(s[0])
  for _,g:=range c.City.Router.Suggest(route.Text{Heading:s[0],Body:s[1],Title:title},route.Context{Lead:"minzheng"}){ fmt.Printf("   %+v\n",g)}
 }
}
