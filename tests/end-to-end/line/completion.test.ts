import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/program/temporary-folder.ts';
import { startTerminal, type Terminal } from '../../helpers/program/terminal.ts';
import { programStart } from '../../helpers/program/under-test.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Names as clouds give them, and as no one should. */
const kubeconfig = `apiVersion: v1
kind: Config
contexts:
  - {name: "arn:aws:eks:us-east-1:111122223333:cluster/east"}
  - {name: "arn:aws:eks:us-east-1:111122223333:cluster/west"}
  - {name: gke_project_zone_east}
  - {name: kubernetes-admin@west}
  - {name: my own cluster}
  - {name: "$(touch touched)"}
  - {name: "line\\nbreak"}
  - {name: "bidi\\u202Egnp"}
  - {name: "unseen\\u200Bname"}
  - {name: "wild;touch touched&|>touched *?[x] {a,b} !! ~ \\\\ 'q' \`touch touched\`"}
  - {name: "-rf"}
`;

const wild = "wild;touch touched&|>touched *?[x] {a,b} !! ~ \\ 'q' `touch touched`";
const arn = 'arn:aws:eks:us-east-1:111122223333:cluster/';

/** What is typed before Tab and Enter, and what pxpair is started with. */
const completed: readonly (readonly [typed: string, ...args: string[]])[] = [
	['frobnicate', 'frobnicate'],
	['pl', 'plan'],
	['run --sou', 'run', '--source'],
	['run --source gke', 'run', '--source', 'gke_project_zone_east'],
	['run --source=gke', 'run', '--source=gke_project_zone_east'],
	['run --source kube', 'run', '--source', 'kubernetes-admin@west'],
	['run --source kubernetes-admin@', 'run', '--source', 'kubernetes-admin@west'],
	['run --source arn', 'run', '--source', arn],
	['run --source arn:aws:e', 'run', '--source', arn],
	[`run --source ${arn}e`, 'run', '--source', `${arn}east`],
	[`run --destination=${arn}w`, 'run', `--destination=${arn}west`],
	['run --source my', 'run', '--source', 'my own cluster'],
	['run --source=my', 'run', '--source=my own cluster'],
	[String.raw`run --source my\ o`, 'run', '--source', 'my own cluster'],
	['run --source "my o', 'run', '--source', 'my own cluster'],
	["run --source 'my o", 'run', '--source', 'my own cluster'],
	[String.raw`run --source \$`, 'run', '--source', '$(touch touched)'],
	['run --source line', 'run', '--source', 'line'],
	['run --source bidi', 'run', '--source', 'bidi'],
	['run --source uns', 'run', '--source', 'uns'],
	['run --source wil', 'run', '--source', wild],
	['run --source=wil', 'run', `--source=${wild}`],
	['run --source -r', 'run', '--source', '-rf'],
	['check --practice=store-r', 'check', '--practice=store-refuses'],
	['check --practice --source ea', 'check', '--practice', '--source', 'east'],
	['plan -o m', 'plan', '-o', 'markdown'],
	['undo --p', 'undo', '--plan'],
	['run --existing-pair k', 'run', '--existing-pair', 'keep'],
	['completion z', 'completion', 'zsh'],
	// Files are the shell's own.
	['run ans', 'run', 'answers.yaml'],
	['run --kubeconfig answ', 'run', '--kubeconfig', 'answers.yaml'],
	['run --kubeconfig=answ', 'run', '--kubeconfig=answers.yaml'],
];

type ShellRow = Readonly<{ name: string; args: readonly string[]; how: string; setUp: string }>;

/** The script lies in the file _pxpair. */
const shells: readonly ShellRow[] = [
	{
		name: 'bash',
		args: ['--norc', '--noprofile'],
		how: 'evaluated',
		setUp: `PS1='> '; eval "$(cat _pxpair)"`,
	},
	{
		name: 'zsh',
		args: ['-f'],
		how: 'sourced',
		setUp: "PS1='> '; autoload -U compinit; compinit -u -D; source ./_pxpair",
	},
	{
		name: 'zsh',
		args: ['-f'],
		how: 'found in fpath',
		setUp: "PS1='> '; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D",
	},
	{
		name: 'fish',
		args: ['--no-config'],
		how: 'sourced',
		setUp: "function fish_prompt; echo '> '; end; set -g fish_autosuggestion_enabled 0; source ./_pxpair",
	},
];

describe.each(shells)('$name, $how', ({ name, args, setUp }) => {
	test.runIf(isInstalled(name))('completes what is typed before Tab', async () => {
		const folder = await ground(name);
		const terminal = startTerminal(name, [...args], {
			columns: 120,
			rows: 40,
			// The shells wait for each other where the machine is small.
			patience: 40_000,
			cwd: folder.path,
			env: surroundings(folder),
		});
		try {
			await begin(terminal, setUp);
			for (const [index, [typed]] of completed.entries()) {
				terminal.type(`pxpair ${typed}\t\r`);
				await terminal.waitFor(() => starts(terminal).length > index);
			}
			expect(starts(terminal)).toEqual(completed.map(([, ...args]) => JSON.stringify(args)));
			expect(existsSync(join(folder.path, 'touched'))).toBe(false);
		} finally {
			await terminal.end();
		}
	});
});

const starts = (terminal: Terminal): string[] =>
	terminal
		.scrollback()
		.filter(line => line.startsWith('started '))
		.map(line => line.slice(8));

async function begin(terminal: Terminal, setUp: string): Promise<void> {
	terminal.type(`${setUp}; echo be''gun\r`);
	await terminal.waitFor(/^begun$/m);
}

test.each([
	// Of `source <(…)`, the bash of macOS reads nothing.
	['bash', '# Put this into ~/.bashrc:  eval "$(pxpair completion bash)"'],
	['zsh', '#compdef pxpair\n# Put this into ~/.zshrc, after compinit:  source <(pxpair completion zsh)'],
	['fish', '# Put this into ~/.config/fish/completions/pxpair.fish'],
])('the script for %s asks this program, and says where it belongs', async (shell, where) => {
	const { stdout } = await execa(...programStart(['completion', shell]));
	expect(stdout.startsWith(`${where}\n`)).toBe(true);
	expect(stdout).toContain('pxpair __complete');
});

/** A pxpair that is asked as always, and otherwise tells with what it is started. */
async function ground(name: string): Promise<TemporaryFolder> {
	const folder = await temporaryFolder();
	await folder.file('kubeconfig', kubeconfig);
	await folder.file('answers.yaml', '');
	const { stdout } = await execa(...programStart(['completion', name]));
	await folder.file('_pxpair', `${stdout}\n`);
	const asked = programStart([])
		.flat()
		.map(word => `'${word}'`)
		.join(' ');
	await folder.file(
		'pxpair',
		[
			'#!/bin/sh',
			'case $1 in',
			`__complete*) exec ${asked} "$@";;`,
			`esac`,
			`exec '${process.execPath}' -p '"started " + JSON.stringify(process.argv.slice(1))' -- "$@"`,
		].join('\n'),
		'executable',
	);
	return folder;
}

const surroundings = ({ path }: TemporaryFolder) => ({
	PATH: `${path}:/usr/local/bin:/usr/bin:/bin`,
	HOME: path,
	KUBECONFIG: join(path, 'kubeconfig'),
	XDG_CONFIG_HOME: undefined,
	XDG_STATE_HOME: undefined,
	ZDOTDIR: undefined,
	LC_ALL: 'C.UTF-8',
});

function isInstalled(shell: string): boolean {
	return (process.env.PATH ?? '').split(':').some(folder => {
		try {
			accessSync(join(folder, shell), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}
