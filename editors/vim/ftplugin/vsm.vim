" Maps, one statement a line; `gcc` makes a comment of it.
if exists('b:did_ftplugin') | finish | endif
let b:did_ftplugin = 1
setlocal commentstring=#\ %s comments=:# expandtab shiftwidth=2 softtabstop=2
if executable('vsm')
  setlocal formatprg=vsm\ fmt\ - makeprg=vsm\ check\ %:S
  setlocal errorformat=%f:%l:%c:\ %m
endif
let b:undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop<'
      \ . ' formatprg< makeprg< errorformat<'
