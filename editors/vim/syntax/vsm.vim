" Value stream maps. Written by a program from the words of the language.
if exists('b:current_syntax') | finish | endif
syntax case match
syntax match vsmName /\<[[:alpha:]_]\w*\%(-\w\+\)*/
syntax match vsmStatement /\c\%(^\|[;{}]\)\s*\zs\%(production_control\|supermarket\|fifo_lane\|inventory\|operation\|activity\|customer\|parallel\|shipment\|supplier\|control\|handoff\|include\|measure\|process\|replace\|branch\|choice\|future\|insert\|kaizen\|metric\|remove\|rework\|stream\|apply\|delay\|queue\|stock\|waste\|fifo\|goal\|info\|move\|note\|span\|step\|task\|team\|wait\|map\|set\)\>\%([.-]\)\@!\%(\s*[=:]\)\@!/
syntax match vsmKey /\<[[:alpha:]_]\w*\ze\s*[=:][=>\/]\@!/
syntax match vsmKey /\%(%\=[cC]&[aA]\|%[cC][aA]\|[pPlLcC]\/[tToO]\)\ze\s*[=:]/
syntax match vsmNumber /\<[0-9][0-9_]*\%(\.[0-9]\+\)\=\%(\s*%\|[[:alpha:]]\w*\|\s\+\%(milliseconds\|millisecond\|minutes\|seconds\|minute\|months\|second\|hours\|month\|msecs\|weeks\|years\|days\|hour\|mins\|msec\|secs\|week\|year\|cmo\|day\|hrs\|min\|mon\|mos\|sec\|wks\|yrs\|cd\|cw\|hr\|mo\|ms\|wk\|yr\|d\|h\|s\|w\|y\)\>\%(\s*[=:]\)\@!\)\=/
syntax match vsmDate /\<[0-9]\{4}-[0-9]\{2}-[0-9]\{2}\>/
syntax match vsmOperator /->\|→\|\.\.\|<=\|>=\|[<>≤≥=~≈+?]/
syntax keyword vsmClause on from to of in after before per
syntax keyword vsmValue none yes no va nva nnva
syntax region vsmString start=/"/ skip=/\\./ end=/"/ oneline contains=vsmEscape
syntax region vsmString start=/"""/ end=/"""/
syntax match vsmEscape /\\./ contained
syntax match vsmAddress /https\=:\/\/[^ \t\"<>{}]*/
syntax match vsmComment /#.*$\|%%.*$/ contains=@Spell
syntax match vsmAllow /#\s*vsm:.*$/

highlight default link vsmStatement Statement
highlight default link vsmKey Identifier
highlight default link vsmNumber Number
highlight default link vsmDate Number
highlight default link vsmOperator Operator
highlight default link vsmClause Keyword
highlight default link vsmValue Constant
highlight default link vsmString String
highlight default link vsmEscape SpecialChar
highlight default link vsmAddress Underlined
highlight default link vsmComment Comment
highlight default link vsmAllow SpecialComment
let b:current_syntax = 'vsm'
