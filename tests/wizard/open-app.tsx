import { setImmediate as turn } from 'node:timers/promises';
import { render } from 'ink-testing-library';
import { onTestFinished } from 'vitest';
import { App } from '../../source/app.tsx';
import type { WizardServices } from '../../source/conversation/services.ts';
import type { Aftermath } from '../../source/conversation/story/aftermath.ts';
import { systemClock } from '../../source/gateways/machine/clock.ts';
import type { Draft } from '../../source/pairing/answers/draft.ts';
import type { ClusterFacts } from '../../source/pairing/clusters/cluster.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import { previewText } from '../../source/pairing/step/preview.ts';
import type { Finding } from '../../source/pairing/words/finding.ts';
import type { Pair } from '../../source/pairing/words/pair.ts';
import type { TerminalSignals } from '../../source/ui/terminal-signals.ts';
import type { Theme } from '../../source/ui/theme.ts';
import { asciiTheme } from '../helpers/program/frame.tsx';

export type OpenApp = Readonly<{
	/** Several empty lines in a row are shown as one. */
	frame(): string;
	type(...keys: string[]): Promise<void>;
	/** How it ended, once it has. */
	aftermath(): Aftermath | undefined;
	/** As a signal from outside does. */
	stop(): Promise<void>;
}>;

/** `given`: answers to begin with. `patienceSeconds`: how long a run waits for a pair. */
type OpenOptions = {
	columns?: number;
	rows?: number;
	theme?: Theme;
	given?: Partial<Draft>;
	signals?: TerminalSignals;
	patienceSeconds?: number;
};

/** The whole conversation in a window of its own, with services of the test. */
export async function openApp(
	services: WizardServices,
	{ columns = 80, rows = 24, theme = asciiTheme as Theme, given, signals, patienceSeconds }: OpenOptions = {},
): Promise<OpenApp> {
	let aftermath: Aftermath | undefined;
	const stop = new AbortController();
	const app = render(
		<App
			services={services}
			theme={theme}
			isPractice={false}
			{...(signals && { signals })}
			{...(patienceSeconds !== undefined && { patienceSeconds })}
			{...(given && { draft: given, isGiven: true })}
			makePlan={planPairing}
			printPreview={previewText}
			stopSignal={stop.signal}
			onEnd={end => {
				aftermath = end;
			}}
		/>,
	);
	onTestFinished(() => app.unmount());
	Object.defineProperties(app.stdout, { columns: { value: columns }, rows: { value: rows } });
	app.stdout.emit('resize');
	await settle();
	return {
		frame: () => squeeze(app.lastFrame() ?? ''),
		async type(...keys) {
			for (const key of keys) {
				app.stdin.write(key);
				await settle();
			}
		},
		aftermath: () => aftermath,
		async stop() {
			stop.abort();
			await settle();
		},
	};
}

/** Services that know nothing: what a test does not list, no one may call. */
export function fakeServices(listed: Partial<WizardServices> = {}): WizardServices {
	const unlisted = (name: string) => (): never => {
		throw new Error(`no one listed ${name}`);
	};
	return {
		contexts: ['east', 'west'].map(name => ({
			name,
			cluster: `${name}-cluster`,
			server: `https://${name}.example:6443`,
			isCurrent: name === 'east',
		})),
		environment: {},
		clock: systemClock,
		practiceHints: {},
		probe: async () => ({ kind: 'reachable', milliseconds: 12 }),
		look: lookAt({}),
		tryStore: async (_answers, tell) => {
			tell('source', { kind: 'accepted', evidence: 'ListBuckets 200' });
			tell('destination', { kind: 'accepted', evidence: 'ListBuckets 200' });
		},
		readKubeconfig: unlisted('readKubeconfig'),
		namespaces: unlisted('namespaces'),
		completePath: unlisted('completePath'),
		readKeyFile: unlisted('readKeyFile'),
		run: unlisted('run'),
		undo: unlisted('undo'),
		save: unlisted('save'),
		saveAttachment: unlisted('saveAttachment'),
		unfinished: undefined,
		kept: undefined,
		recordPath: unlisted('recordPath'),
		otherRecords: unlisted('otherRecords'),
		...listed,
	};
}

/** A look that finds what it is told to; a side that is left out is as usual. */
export function lookAt(
	facts: Partial<Pair<ClusterFacts>>,
	findings: readonly Finding[] = [],
): WizardServices['look'] {
	return async (_answers, tell) => {
		tell.facts('source', facts.source ?? foundFacts.source);
		tell.facts('destination', facts.destination ?? foundFacts.destination);
		tell.findings(findings, true);
	};
}

export const foundFacts: Pair<ClusterFacts> = {
	source: factsFor('east', '5b6f1c1e-ea57-4a57-9a57-70726163ea57', 'us-east-1'),
	destination: factsFor('west', '91d2a7c4-0e57-4e57-8e57-707261630e57', 'us-west-2'),
};

function factsFor(context: string, uuid: string, region: string): ClusterFacts {
	const known = <T,>(value: T) => ({ kind: 'known', value }) as const;
	return {
		context,
		server: `https://${context}.example:6443`,
		api: known({ version: 'v1.33.5', uid: `uid-of-${context}` }),
		platform: known({
			location: 'cloud',
			name: 'AWS',
			confidence: 'certain',
			evidence: `providerID aws:///${region}a/i-0123456789abcdef0`,
			provider: 's3',
			region,
		}),
		portworx: known({
			install: 'operator',
			namespace: 'portworx',
			pods: [{ namespace: 'portworx', name: `px-${context}` }],
			podCount: 3,
			version: '3.1.6',
			secured: false,
			startPort: 9001,
		}),
		uuid: known(uuid),
		stork: known({
			namespace: 'portworx',
			version: '24.3.0',
			adminNamespace: 'kube-system',
			ready: 3,
			wanted: 3,
		}),
	};
}

const squeeze = (frame: string): string =>
	frame
		.split('\n')
		.map(line => line.trimEnd())
		.filter((line, index, all) => line !== '' || (all[index - 1] ?? '') !== '')
		.join('\n');

/** React draws, runs its effects, and draws what these changed; promises of the services settle in between. */
async function settle(): Promise<void> {
	for (let count = 0; count < 6; count++) await turn();
}
