package workspace

// methodTable lists every Web API method the workspace knows, with its scopes and tier.
func methodTable() map[string]method {
	write := []string{"chat:write"}
	files := []string{"files:write"}
	return map[string]method{
		"api.test":              {tier: tierSpecial, open: true, run: (*request).apiTest},
		"auth.test":             {tier: tierSpecial, run: (*request).authTest},
		"apps.connections.open": {tier: tier2, appToken: true, run: (*request).connectionsOpen},
		"team.info":             {scopes: []string{"team:read"}, tier: tier3, run: (*request).teamInfo},
		"bots.info":             {scopes: []string{"users:read"}, tier: tier3, run: (*request).botsInfo},

		"chat.postMessage":   {scopes: write, tier: tierSpecial, run: (*request).postMessage},
		"chat.postEphemeral": {scopes: write, tier: tier4, run: (*request).postEphemeral},
		"chat.update":        {scopes: write, tier: tier3, run: (*request).updateMessage},
		"chat.delete":        {scopes: write, tier: tier3, run: (*request).deleteMessage},
		"chat.getPermalink":  {tier: tierSpecial, run: (*request).getPermalink},
		"reactions.add":      {scopes: []string{"reactions:write"}, tier: tier3, run: (*request).reactionsAdd},
		"reactions.remove":   {scopes: []string{"reactions:write"}, tier: tier2, run: (*request).reactionsRemove},

		"conversations.open":    {scopes: []string{"im:write"}, tier: tier3, run: (*request).conversationsOpen},
		"conversations.list":    {scopes: []string{"channels:read", "im:read"}, tier: tier2, run: (*request).conversationsList},
		"conversations.info":    {scopes: []string{"channels:read", "im:read"}, tier: tier3, run: (*request).conversationsInfo},
		"conversations.history": {scopes: []string{"channels:history", "im:history"}, tier: tier3, run: (*request).conversationsHistory},
		"conversations.replies": {scopes: []string{"channels:history", "im:history"}, tier: tier3, run: (*request).conversationsReplies},
		"conversations.join":    {scopes: []string{"channels:join"}, tier: tier3, run: (*request).conversationsJoin},
		"conversations.members": {scopes: []string{"channels:read", "im:read"}, tier: tier4, run: (*request).conversationsMembers},

		"users.list":          {scopes: []string{"users:read"}, tier: tier2, run: (*request).usersList},
		"users.info":          {scopes: []string{"users:read"}, tier: tier4, run: (*request).usersInfo},
		"users.profile.get":   {scopes: []string{"users.profile:read"}, tier: tier4, run: (*request).usersProfile},
		"users.conversations": {scopes: []string{"channels:read", "im:read"}, tier: tier3, run: (*request).usersConversations},
		"users.lookupByEmail": {scopes: []string{"users:read.email"}, tier: tier3, run: (*request).usersLookup},

		"views.open":    {tier: tier4, run: (*request).viewsOpen},
		"views.push":    {tier: tier4, run: (*request).viewsPush},
		"views.update":  {tier: tier4, run: (*request).viewsUpdate},
		"views.publish": {tier: tier4, run: (*request).viewsPublish},

		"files.getUploadURLExternal":   {scopes: files, tier: tier4, run: (*request).getUploadURL},
		"files.completeUploadExternal": {scopes: files, tier: tier4, run: (*request).completeUpload},
		"files.info":                   {scopes: []string{"files:read"}, tier: tier4, run: (*request).filesInfo},
		"files.delete":                 {scopes: files, tier: tier3, run: (*request).filesDelete},
		"files.upload":                 {scopes: files, tier: tier2, run: (*request).filesUpload},
	}
}
