# Lets fish complete `git session …` as git-session. Its own completion for git does that for every git-* command,
# but not in 3.6, which looks for a subcommand named git-git-session.
function __git_session_complete
    set -l words (commandline -opc)
    set -l at (contains -i -- session $words)
    or return
    complete -C (string join ' ' -- git-session (string escape -- $words[(math $at + 1)..]) (commandline -ct))
end
complete -c git -f -n __fish_git_needs_command -a session -d 'Close working sessions'
complete -c git -f -n '__fish_seen_subcommand_from session' -a '(__git_session_complete)'
