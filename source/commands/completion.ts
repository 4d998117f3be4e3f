import { type ExitCode, exitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { completing, type Shell } from './options.ts';

/** `pxpair completion SHELL`: a script that asks this program for what could come next. */
export function completionCommand({ out }: Host, { shell }: Readonly<{ shell: Shell }>): ExitCode {
	out(scripts[shell]);
	return exitCode.done;
}

/** An empty answer means files, as the shells complete them themselves. */
const scripts: Readonly<Record<Shell, string>> = {
	bash: `# Put this into ~/.bashrc:  source <(pxpair completion bash)
_pxpair() {
  local line=\${COMP_LINE:0:COMP_POINT} words IFS=$' \t\n'
  read -ra words <<< "$line"
  [[ $line == *' ' ]] && words+=('')
  local current=\${words[\${#words[@]}-1]} IFS=$'\n'
  COMPREPLY=($(compgen -W "$(pxpair ${completing} "\${words[@]:1}" 2>/dev/null)" -- "$current"))
  # Readline has cut the word at the sign of equality.
  [[ $current == *=* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${current%%=*}="}")
}
complete -o default -o nosort -F _pxpair pxpair
`,
	zsh: `#compdef pxpair
# Put this into ~/.zshrc, after compinit:  source <(pxpair completion zsh)
_pxpair() {
  local -a found
  found=("\${(@f)$(pxpair ${completing} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[*]}" ]]; then compadd -Q -- $found; else _files; fi
}
compdef _pxpair pxpair
`,
	fish: `# Put this into ~/.config/fish/completions/pxpair.fish
function __pxpair
  set -l words (commandline -opc) (commandline -ct)
  pxpair ${completing} $words[2..-1] 2>/dev/null
end
complete -c pxpair -f -n 'test -n "$(__pxpair)"' -a '(__pxpair)'
`,
};
