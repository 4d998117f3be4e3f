import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { storeCanaries } from '../../helpers/canaries.ts';
import { openGround } from '../../helpers/program/ground.ts';
import { takesNodeOptions } from '../../helpers/program/under-test.ts';
import { asks, asProposed, clusters, s3With, startOnClusters } from '../../wizard/start-wizard.ts';
import { answers } from './leak-answers.ts';
import { flagsOf, type Variant, variants } from './leak-ground.ts';
import { census, filesIn, leaksIn, leaksInRequests, secretsOf } from './leak-search.ts';
import { watchFolder, watchPods } from './leak-watch.ts';

/** All that Node tells of its own work when it is asked to. */
const talkative = { NODE_DEBUG: 'http,https,tls,net,fetch,undici,child_process' };

/** The program run to its end in a process of its own, which is watched from all sides. */
export async function realRun(variant: Variant): Promise<readonly string[]> {
	await using ground = await openGround({ storkInterval: 20, ...variants[variant] });
	const { practice, sandbox, secrets } = ground;
	const folder = dirname(sandbox.work);
	const before = secretsOf(practice);
	const watches = [
		watchFolder(join(folder, 'tmp'), 'TMPDIR'),
		watchFolder(join(folder, 'home'), 'home'),
		watchPods(practice),
	];
	// Throws by itself when a process that it starts, or a file that it leaves, holds a secret of the person's.
	const run = await ground.run(['run', 'answers.yaml', '--json', ...flagsOf(variant)], { env: talkative });
	const [temporary = {}, home = {}, pods = {}] = watches.map(stop => stop());
	census.cases += 1;
	const all = { ...secrets.all, ...before, ...secretsOf(practice) };
	const leaks = [
		...(run.exitCode === 0 ? [] : [`exit code ${run.exitCode}: ${run.err.join('\n').slice(-2000)}`]),
		...(run.err.some(line => /^HTTP \d+: /.test(line)) ? [] : ['Node told nothing']),
		...(Object.keys(pods).length > 0 ? [] : ['nothing was seen to run in a pod']),
		...(Object.keys(home).length > 0 ? [] : ['no file was seen to be written']),
		...Object.keys(temporary).map(file => `${file} was written`),
		...leaksIn({ 'standard output': run.out.join('\n'), 'standard error': run.err.join('\n') }, all),
		...leaksIn({ 'programs that it started': run.started.join('\n') }, all),
		...leaksIn({ ...temporary, ...home, ...pods }, all),
		...leaksIn(await filesIn(join(folder, 'home'), 'home'), all),
		...leaksInRequests(practice, secrets.all),
	];
	return counted(leaks);
}

/** Something that no one expects goes wrong, and what is thrown tells a secret. */
export const crashes: Readonly<Record<string, () => Promise<readonly string[]>>> = {
	'a request throws': () =>
		crash('https.request = () => { throw boom; };', /Internal error. This is a bug in pxpair/),
	'no one catches it': () => crash('onRequest(() => setImmediate(() => { throw boom; }));', ourMistake),
	'a rejection that no one handles': () => crash('onRequest(() => void Promise.reject(boom));', ourMistake),
	'what is thrown is no Error': () =>
		crash('onRequest(() => setImmediate(() => { throw secret; }));', ourMistake),
	'with a cause and a name that quote it': () =>
		crash(
			'boom.cause = new Error(secret); boom.name = secret; onRequest(() => setImmediate(() => { throw boom; }));',
			ourMistake,
		),
	'a file cannot be written': () =>
		crash('fs.promises.writeFile = async () => { throw boom; };', /could not be written/),
	'a file cannot be read': () => crash('fs.fstatSync = () => { throw boom; };', /can't be read/),
	'every connection ends with it': () =>
		crash('onRequest(outgoing => setImmediate(() => outgoing.destroy(boom)), "always");', /connection-lost/),
};

const ourMistake = /This is a bug in pxpair/;

async function crash(what: string, says: RegExp): Promise<readonly string[]> {
	await using ground = await openGround();
	const { practice, sandbox, secrets } = ground;
	const module = await sandbox.script('mishap.cjs', '');
	writeFileSync(module, mishap(what));
	const run = await ground.run(['run', 'answers.yaml', '--json'], {
		env: { NODE_OPTIONS: `--require=${module}` },
	});
	census.cases += 1;
	const told = { 'standard output': run.out.join('\n'), 'standard error': run.err.join('\n') };
	const hasCrashed = says.test(Object.values(told).join('\n'));
	// Where the mistake is not let in, the run is one like others.
	const isRight = takesNodeOptions ? hasCrashed : !hasCrashed && run.exitCode === 0;
	return counted([
		...(isRight ? [] : [`it said ${JSON.stringify(told)}`]),
		...leaksIn(told, { ...secrets.all, ...secretsOf(practice) }),
		...leaksIn(await filesIn(dirname(sandbox.work), ''), {
			'secret in what is left': `at ${secrets.secretAccessKey}`,
		}),
	]);
}

/** Lines of a message may look like those of a stack. */
const mishap = (what: string): string => `
const fs = require('node:fs');
const https = require('node:https');
const secret = process.env.SECRET;
const boom = Object.assign(new Error(secret + '\\n    at ' + secret + '\\n    at ' + secret), { path: secret });
const onRequest = (then, when = 'once') => {
	const { request } = https;
	let isFirst = true;
	https.request = (...given) => {
		const outgoing = request(...given);
		if (isFirst || when === 'always') then(outgoing);
		isFirst = false;
		return outgoing;
	};
};
${what}
require('node:module').syncBuiltinESMExports();
`;

/** A person types the secrets into a terminal. */
export async function wizardRun(outcome: 'done' | 'refused'): Promise<readonly string[]> {
	const { accessKeyId, secretAccessKey: withBlank } = storeCanaries();
	const secretAccessKey = withBlank.replaceAll(/[ é]/g, '');
	const typed = { accessKeyId, secretAccessKey };
	await using ground = await startOnClusters({
		storkInterval: 20,
		...(outcome === 'refused' && {
			fault: {
				east: request =>
					request.method === 'PATCH' && request.headers['user-agent'] === 'pxpair'
						? answers['403 that quotes the request'](request, {
								token: String(request.headers.authorization).slice(7),
							})
						: undefined,
			},
		}),
	});
	const { wizard, practice } = ground;
	const before = secretsOf(practice);
	const watches = [watchFolder(wizard.home, 'home'), watchPods(practice)];
	await wizard.converse(
		...clusters,
		...s3With(accessKeyId, secretAccessKey),
		asProposed,
		[asks.review, 'r'],
		[outcome === 'done' ? asks.done : /denies permission for this/, 'q'],
	);
	await wizard.exit;
	const [home = {}, pods = {}] = watches.map(stop => stop());
	census.cases += 1;
	// The ID of a key is no secret on the screen of who types it: it may be looked at there, and is in nothing else.
	const shown = { ...typed, ...before, ...secretsOf(practice) };
	return counted([
		...leaksIn({ frames: wizard.output(), scrollback: wizard.scrollback().join('\n') }, withoutId(shown)),
		...leaksIn({ ...home, ...pods, ...(await filesIn(wizard.home, 'home')) }, shown),
		...leaksInRequests(practice, typed),
	]);
}

const withoutId = ({ accessKeyId: _shown, ...others }: Record<string, string>) => others;

function counted(leaks: readonly string[]): readonly string[] {
	census.leaks += leaks.length;
	return leaks;
}
