package workspace

import "time"

// Slack's published limits; lengths count Unicode code points.
const (
	maxMessageBlocks    = 50
	maxViewBlocks       = 100
	maxBlocksText       = 13200
	maxPostText         = 40000
	maxAttachments      = 100
	maxBlockID          = 255
	maxActionID         = 255
	maxSectionText      = 3000
	maxSectionFields    = 10
	maxFieldText        = 2000
	maxHeaderText       = 150
	maxContextElements  = 10
	maxActionElements   = 25
	maxButtonText       = 75
	maxButtonValue      = 2000
	maxURL              = 3000
	maxAltText          = 2000
	maxOptionText       = 75
	maxOptionValue      = 150
	maxOptions          = 100
	maxFewOptions       = 10
	maxOverflowOptions  = 5
	maxPlaceholder      = 150
	maxInputLabel       = 2000
	maxInputLength      = 3000
	maxMarkdown         = 12000
	maxTableRows        = 100
	maxTableColumns     = 20
	maxFileInputFiles   = 10
	maxConfirmTitle     = 100
	maxConfirmText      = 300
	maxConfirmButton    = 30
	maxViewTitle        = 24
	maxCallbackID       = 255
	maxExternalID       = 255
	maxPrivateMetadata  = 3000
	maxViewBytes        = 250 << 10
	maxViewStack        = 3
	maxMetadataBytes    = 16000
	maxConnections      = 10
	maxResponseURLUses  = 5
	responseURLLifetime = 30 * time.Minute
	ticketLifetime      = 30 * time.Second
)

// maxUpdateBytes bounds the text of chat.update; unlike the others it counts bytes.
const maxUpdateBytes = 4000

// Bounds of this server's own, against runaway clients.
const (
	maxRequestBody = 4 << 20
	maxAckBody     = 1 << 20
	maxUploadBytes = 64 << 20
	maxLogged      = 100000
	maxLive        = 4096
	// maxPageMessages is how many of a channel's newest messages the page is given.
	maxPageMessages = 1000
)
