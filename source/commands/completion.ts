import { type ExitCode, exitCode } from './line/exit-code.ts';
import type { Host } from './line/host.ts';
import { completing, completingLine, type Shell } from './line/shells.ts';

/** `pxpair completion SHELL`: a script that asks this program for what could come next. */
export function completionCommand({ out }: Host, { shell }: Readonly<{ shell: Shell }>): ExitCode {
	out(scripts[shell]);
	return exitCode.done;
}

/** An empty answer means files, as the shells complete them themselves. */
const scripts: Readonly<Record<Shell, string>> = {
	// As bash 3.2 of macOS has it: no mapfile, no nosort, and of `source <(…)` it reads nothing. Nothing that the program says is expanded by the shell.
	bash: `# Put this into ~/.bashrc:  eval "$(pxpair completion bash)"
_pxpair() {
  local found
  COMPREPLY=()
  while IFS= read -r found; do
    COMPREPLY+=("$found")
  done < <(pxpair ${completingLine} "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o default -o nosort -F _pxpair pxpair 2>/dev/null || complete -o default -F _pxpair pxpair
`,
	zsh: `#compdef pxpair
# Put this into ~/.zshrc, after compinit:  source <(pxpair completion zsh)
_pxpair() {
  local -a typed found
  # Of a quote that is still open, nothing is taken away.
  typed=("\${(@Q)words[2,CURRENT]}")
  typed[-1]=\${typed[-1]#[\\"\\']}
  found=("\${(@f)$(pxpair ${completing} "\${(@)typed}" 2>/dev/null)}")
  if [[ -n "\${found[*]}" ]]; then
    compadd -V pxpair -a found
  else
    compset -P '--*='
    _files
  fi
}
# As a file in fpath, it is the function itself that is run.
if [[ "\${funcstack[1]}" == _pxpair ]]; then _pxpair; else compdef _pxpair pxpair; fi
`,
	fish: `# Put this into ~/.config/fish/completions/pxpair.fish
function __pxpair_ask
  set -l current (commandline -ct)
  set -l typed (string unescape -- $current; or string trim -l -c '"\\'' -- $current)
  set -l words (commandline -opc)
  set -g __pxpair_found (pxpair ${completing} $words[2..-1] "$typed" 2>/dev/null)
  test (count $__pxpair_found) -gt 0
end
complete -c pxpair -f -k -n __pxpair_ask -a '$__pxpair_found'
`,
};
