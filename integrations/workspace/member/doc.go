// Package member acts as a member of a local workspace through the API of its
// page: it says things, runs commands, clicks, fills in forms and downloads files.
// The demo and the tests play whole conversations with it.
//
// Every method that waits ends with its context. An error is what the member
// would have been shown (*Error), or the failure to reach the workspace.
package member
