import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { startPractice } from '../../../source/practice/practice.ts';
import { answersFor } from '../../helpers/program/ground.ts';
import { asItWas, asks, givenBack, keys, startWizard } from '../../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 120_000 });

const password = 'canary-password-58c1e0aa';
const secret = 'canary/lent+5f0e7be1/wJalrXUtnFEMI/K7MDE';
const store = { ID: 'PRACTICEKEYID0000000' };

type Side = 'east' | 'west';
type Options = Readonly<{
	mode?: 'IfAvailable' | 'Always' | 'Never';
	/** What the plugin does before it prints its answer. */
	login?: string;
	sides?: readonly Side[];
	args: readonly string[];
	answers?: object;
	program?: string;
	shell?: string;
}>;

// Without an echo before it asks, for the answer comes at once.
const asksForPassword = `[ -t 0 ] && stty -echo
printf 'Password for %s: ' "$1" >&2
IFS= read -r word || exit 1
stty echo
echo >&2
[ "$word" = '${password}' ] || exit 1`;

/** Two practice clusters whose contexts log in with a plugin, and the program on a terminal. */
async function startWithPlugin(options: Options) {
	const { mode = 'IfAvailable', login = asksForPassword, sides = ['east'], args, answers = {} } = options;
	const practice = await startPractice({});
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-lent-'));
	const executable = async (name: string, text: string) => {
		await writeFile(join(folder, name), `#!/bin/bash\n${text}\n`);
		await chmod(join(folder, name), 0o755);
	};
	await executable(
		'login',
		`echo "$1 $(tty)" >> '${folder}/logins'
${login}
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$2"`,
	);
	await executable('manager', options.program ?? '');
	const kubeconfig = parse(practice.kubeconfig);
	for (const { name, user } of kubeconfig.users) {
		const side = sides.find(each => name.includes(each));
		if (side) {
			user.exec = {
				apiVersion: 'client.authentication.k8s.io/v1',
				command: `${folder}/login`,
				args: [side, user.token],
				interactiveMode: mode,
			};
			delete user.token;
		}
	}
	await writeFile(join(folder, 'kubeconfig'), stringify(kubeconfig), { mode: 0o600 });
	const { objectStore, ...rest } = answersFor('s3') as { objectStore: object };
	const file = {
		...rest,
		pair: { login: 'service-account' },
		objectStore: { ...objectStore, secretAccessKey: { env: 'SECRET' }, ...answers },
	};
	const wizard = await startWizard(args, {
		files: { 'a.yaml': stringify(file).replaceAll('MANAGER', `${folder}/manager`) },
		env: { KUBECONFIG: join(folder, 'kubeconfig'), SECRET: secret, ...store },
		...(options.shell !== undefined && { shell: options.shell }),
	});
	return {
		wizard,
		practice,
		logins: async () => (await readFile(join(folder, 'logins'), 'utf8')).trim().split('\n'),
		/** Of the one that wrote down its id. */
		async isPluginGone() {
			const id = Number(await readFile(join(folder, 'login.pid'), 'utf8'));
			try {
				process.kill(id, 0);
				return false;
			} catch {
				return true;
			}
		},
		async [Symbol.asyncDispose]() {
			await wizard[Symbol.asyncDispose]();
			await practice.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

test.concurrent.each(['IfAvailable', 'Always'] as const)(
	'a login plugin (%s) has the terminal before anything else is said: check',
	async mode => {
		await using ground = await startWithPlugin({ mode, sides: ['east', 'west'], args: ['check', 'a.yaml'] });
		const { wizard } = ground;
		await wizard.converse(
			['Password for east:', `${password}\r`],
			['Password for west:', `${password}\r`],
			['Read-only: nothing was changed.'],
		);
		expect((await wizard.exit).code).toBe(0);
		expect(wizard.output()).not.toContain('canary');
		expect(await ground.logins()).toHaveLength(2);
		expect(wizard.scrollback().join('\n')).toMatch(/Password for east:\s+Password for west:/);
	},
);

test.concurrent('with the other end in a pipe, it has the terminal anyway, as kubectl gives it', async () => {
	await using ground = await startWithPlugin({
		args: ['check', 'a.yaml', '--json'],
		shell: '"$@" | grep -c login-plugin; echo ended',
	});
	await ground.wizard.converse(['Password for east:', `${password}\r`], ['ended']);
	await ground.wizard.exit;
});

test.concurrent('Never: its standard input is at its end, terminal or not', async () => {
	await using ground = await startWithPlugin({
		mode: 'Never',
		login: '[ -t 0 ] && exit 9; read -r word && exit 8',
		args: ['check', 'a.yaml'],
	});
	await ground.wizard.waitFor('Read-only: nothing was changed.');
	expect((await ground.wizard.exit).code).toBe(0);
	expect(await ground.logins()).toEqual(['east not a tty']);
});

test.concurrent('one that fails with the terminal is named on its side only, and asked once', async () => {
	await using ground = await startWithPlugin({ args: ['check', 'a.yaml'] });
	const { wizard } = ground;
	await wizard.converse(['Password for east:', 'wrong\r']);
	expect((await wizard.exit).code).toBe(1);
	const screen = wizard.scrollback().join(' ').replaceAll(/ +/g, ' ');
	expect(screen).toContain('Logging in to the source cluster (east) failed: the login plugin failed');
	expect(screen).not.toContain('destination cluster (west) failed');
	expect(await ground.logins()).toHaveLength(1);
});

test.concurrent('Ctrl-C at its question ends the check, and the terminal is as it was', async () => {
	await using ground = await startWithPlugin({ args: ['check', 'a.yaml'] });
	const { wizard } = ground;
	await wizard.converse(['Password for east:', keys.ctrlC]);
	expect((await wizard.exit).code).toBe(130);
	expect(givenBack(wizard)).toEqual(asItWas);
});

test.concurrent('one that dies while it reads a password leaves the terminal as it was', async () => {
	await using ground = await startWithPlugin({
		login: 'stty -echo -icanon; kill -9 $$',
		args: ['check', 'a.yaml'],
		shell: '"$@"; stty -a | grep -o "[-]*echo "',
	});
	await ground.wizard.waitFor(/^echo$/m);
	await ground.wizard.exit;
	expect(givenBack(ground.wizard)).toEqual(asItWas);
});

test.concurrent('in the wizard the frame makes room, and comes back; a login lasts for all of the conversation', async () => {
	await using ground = await startWithPlugin({ sides: ['east', 'west'], args: [] });
	const { wizard } = ground;
	await wizard.converse([asks.source, keys.enter], [asks.destination, keys.enter]);
	// Whichever finds first that it cannot do without the terminal.
	const lent = await wizard.waitFor(/Password for (east|west):/);
	const other = lent.join('').includes('for east:') ? 'west' : 'east';
	expect(lent.join(' ').replaceAll(/ +/g, ' ')).toMatch(
		/^Waiting for the login plugin \S+ of the (source|destination) cluster \((east|west)\), at most 120 s\. Ctrl-C ends it\. Password/,
	);
	expect(wizard.modes()).toEqual({ cursor: 'shown', screen: 'normal', pastes: 'plain' });
	wizard.type(`${password}\r`);
	await wizard.converse([`Password for ${other}:`, `${password}\r`], [/a ServiceAccount/, 'a']);
	await wizard.converse([/⏎ next/, keys.enter], [asks.store]);
	expect(wizard.modes()).toEqual({ cursor: 'hidden', screen: 'alternate', pastes: 'bracketed' });
	expect(wizard.screen().join('\n')).not.toContain('Password');
	wizard.type(keys.ctrlC);
	await wizard.waitFor('Press Ctrl-C again to quit');
	wizard.type(keys.ctrlC);
	await wizard.exit;
	expect(givenBack(wizard)).toEqual(asItWas);
	expect(wizard.output()).not.toContain('canary');
	// Without the terminal first, then with it, and that is all.
	expect((await ground.logins()).map(line => line.replace(/\/dev\/\S+/, 'a terminal')).sort()).toEqual([
		'east a terminal',
		'east not a tty',
		'west a terminal',
		'west not a tty',
	]);
});

test.concurrent('in the wizard Ctrl-C ends the question of the plugin alone', async () => {
	await using ground = await startWithPlugin({ mode: 'Always', args: [] });
	const { wizard } = ground;
	await wizard.converse(
		[asks.source, keys.enter],
		[asks.destination, keys.enter],
		['Password for east:', keys.ctrlC],
		[/^pxpair · Clusters[\s\S]*Stopped while talking to the source/, 'r'],
		['Password for east:', `${password}\r`],
		[/a ServiceAccount|The source can reach|No cluster has been changed/, keys.ctrlC, keys.ctrlC],
	);
	await wizard.exit;
	expect(givenBack(wizard)).toEqual(asItWas);
});

test.concurrent.each(['SIGTERM', 'SIGHUP'] as const)(
	'%s while a plugin has the terminal of the wizard ends both, and gives it back',
	async signal => {
		await using ground = await startWithPlugin({
			mode: 'Always',
			login:
				'echo $$ > "$0.pid"; stty -echo; printf "Password for %s: " "$1" >&2; IFS= read -r word; sleep 60',
			args: [],
		});
		const { wizard } = ground;
		await wizard.converse([asks.source, keys.enter], [asks.destination, keys.enter]);
		await wizard.waitFor('Password for east:');
		wizard.kill(signal);
		expect((await wizard.exit).code).toBe(128 + constants.signals[signal]);
		expect(givenBack(wizard)).toEqual(asItWas);
		expect(await ground.isPluginGone()).toBe(true);
	},
);

test.concurrent('SIGTERM while a plugin has the terminal of a check ends both', async () => {
	await using ground = await startWithPlugin({
		login: 'echo $$ > "$0.pid"; stty -echo; printf "Password for %s: " "$1" >&2; IFS= read -r word; sleep 60',
		args: ['check', 'a.yaml'],
	});
	const { wizard } = ground;
	await wizard.waitFor('Password for east:');
	wizard.kill('SIGTERM');
	expect((await wizard.exit).code).toBe(143);
	expect(givenBack(wizard)).toEqual(asItWas);
	expect(await ground.isPluginGone()).toBe(true);
});

test.concurrent('in the wizard one that waits for a person without a word has the terminal after a while', async () => {
	await using ground = await startWithPlugin({
		login: `[ -t 0 ] || exec sleep 60\n${asksForPassword}`,
		args: [],
	});
	const { wizard } = ground;
	await wizard.converse(
		[asks.source, keys.enter],
		[asks.destination, keys.enter],
		['Password for east:', `${password}\r`],
		[/Stork +24/],
	);
	wizard.type(keys.ctrlC + keys.ctrlC);
	await wizard.exit;
	expect(givenBack(wizard)).toEqual(asItWas);
	expect(await ground.logins()).toHaveLength(2);
});

test.concurrent('in lines read aloud, too', async () => {
	await using ground = await startWithPlugin({ args: ['--accessible'] });
	const { wizard } = ground;
	await wizard.converse(
		[/Which cluster is the source/, keys.enter],
		[/Which cluster is the destination/, keys.enter],
		['Password for east:', `${password}\r`],
		[asks.found],
	);
	wizard.type(keys.ctrlC);
	await wizard.waitFor('Press Ctrl-C again to quit');
	wizard.type(keys.ctrlC);
	await wizard.exit;
	expect(wizard.output()).not.toContain('canary');
	expect(givenBack(wizard)).toEqual(asItWas);
});

test.concurrent.each([
	['on standard error', `[ -t 0 ] && stty -echo; read -rp 'Master password: ' word || exit 1; stty echo`],
	[
		'on the terminal itself',
		`stty -echo < /dev/tty && read -rp 'Master password: ' word < /dev/tty 2> /dev/tty || exit 1; stty echo < /dev/tty`,
	],
])('a program that prints a secret has the terminal when it asks %s', async (_, asking) => {
	await using ground = await startWithPlugin({
		sides: [],
		args: ['run', 'a.yaml'],
		answers: { secretAccessKey: { command: ['MANAGER'] } },
		program: `${asking}\necho >&2\n[ "$word" = '${password}' ] && echo '${secret}'`,
	});
	const { wizard, practice } = ground;
	await wizard.converse(['Master password:', `${password}\r`], ['Done.']);
	expect((await wizard.exit).code).toBe(0);
	expect(wizard.output()).not.toContain('canary');
	expect(practice.clusters.east.credentials()).toHaveLength(1);
});

test.concurrent('one that fails for another reason does not get it: what it says is searched for values', async () => {
	await using ground = await startWithPlugin({
		sides: [],
		args: ['check', 'a.yaml'],
		answers: { secretAccessKey: { command: ['MANAGER'] } },
		program: `echo "denied: ${secret}" >&2; exit 4`,
	});
	const { wizard } = ground;
	await wizard.waitFor('exited with status 4');
	expect((await wizard.exit).code).toBe(2);
	expect(wizard.output()).not.toContain(secret);
});

test.concurrent('Ctrl-C at the question of a program that prints a secret ends it all', async () => {
	await using ground = await startWithPlugin({
		sides: [],
		args: ['run', 'a.yaml'],
		answers: { secretAccessKey: { command: ['MANAGER'] } },
		program: `read -rsp 'Master password: ' word < /dev/tty`,
	});
	const { wizard } = ground;
	await wizard.converse(['Master password:', keys.ctrlC]);
	expect((await wizard.exit).code).toBe(130);
	expect(givenBack(wizard)).toEqual(asItWas);
});
