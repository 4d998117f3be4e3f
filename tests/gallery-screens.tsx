// Every screen of the wizard in its states, for the gallery.
import type { ReactNode } from 'react';
import { withAnswers, withRun } from '../source/conversation/beginnings.ts';
import { defaultRows } from '../source/conversation/defaults.ts';
import { detailsOf } from '../source/conversation/found/details.ts';
import type { Offer } from '../source/conversation/offers/offer.ts';
import { contextsFor } from '../source/conversation/questions/contexts.ts';
import { asideHelp, helpLines } from '../source/conversation/questions/help-texts.ts';
import { directionOptions, loginOptions, storeOptions } from '../source/conversation/questions/options.ts';
import type { Facts } from '../source/conversation/questions/questions.ts';
import { shortNames } from '../source/conversation/questions/questions.ts';
import type { WizardServices } from '../source/conversation/services.ts';
import { madeOf } from '../source/conversation/story/story.ts';
import { summaryOf } from '../source/conversation/summary.ts';
import { wizardReducer, wizardStart } from '../source/conversation/wizard-reducer.ts';
import type { WizardState } from '../source/conversation/wizard-state.ts';
import { systemClock } from '../source/gateways/machine/clock.ts';
import { completeAnswers, type Draft, emptyDraft } from '../source/pairing/answers/draft.ts';
import { noFacts } from '../source/pairing/clusters/cluster.ts';
import { planPairing } from '../source/pairing/plan.ts';
import { podPlaces } from '../source/pairing/step/pod-places.ts';
import { previewText } from '../source/pairing/step/preview.ts';
import { stepsOf } from '../source/pairing/step/step.ts';
import { type Finding, fact } from '../source/pairing/words/finding.ts';
import type { Side } from '../source/pairing/words/pair.ts';
import { clusterProblem } from '../source/pairing/words/problem.ts';
import { Secret } from '../source/pairing/words/secret.ts';
import { answer } from '../source/pairing/words/way.ts';
import type { RunEvent } from '../source/runner/run-event.ts';
import { runReducer, runStartOf } from '../source/runner/run-state.ts';
import { Frame } from '../source/ui/components/frame.tsx';
import { BeginPlace, BeginScreen } from '../source/wizard/begin-place.tsx';
import { Beside } from '../source/wizard/beside.tsx';
import { HelpPage } from '../source/wizard/help-page.tsx';
import { keyed, keysAt, reviewOffers } from '../source/wizard/keys/keys-at.ts';
import { AnswersScreen } from '../source/wizard/screens/answers-screen.tsx';
import { ChoiceScreen } from '../source/wizard/screens/choice-screen.tsx';
import { ContextScreen } from '../source/wizard/screens/context-screen.tsx';
import { DefaultsScreen } from '../source/wizard/screens/defaults-screen.tsx';
import { DetailsScreen } from '../source/wizard/screens/details-screen.tsx';
import { FieldScreen } from '../source/wizard/screens/field-screen.tsx';
import { FoundScreen } from '../source/wizard/screens/found-screen.tsx';
import { KubeconfigScreen } from '../source/wizard/screens/kubeconfig-screen.tsx';
import { ProblemsScreen } from '../source/wizard/screens/problems-screen.tsx';
import { ReviewScreen } from '../source/wizard/screens/review-screen.tsx';
import { DoneScreen } from '../source/wizard/screens/run/done-screen.tsx';
import { FailedScreen } from '../source/wizard/screens/run/failed-screen.tsx';
import { RunHelp } from '../source/wizard/screens/run/run-help.tsx';
import { RunScreen } from '../source/wizard/screens/run/run-screen.tsx';
import { StepsScreen } from '../source/wizard/screens/steps-screen.tsx';
import { UndoPlace } from '../source/wizard/undo-place.tsx';
import { storyOf } from './helpers/story.ts';

const nothing = (): void => {};
const unasked = (): never => {
	throw new Error('a picture asks the world for nothing');
};

const services: WizardServices = {
	contexts: [
		{ name: 'prod-east', cluster: 'prod-east', server: 'https://10.0.0.2:6443', isCurrent: true },
		{ name: 'dr-west', cluster: 'dr-west', server: 'https://10.1.0.2:6443', isCurrent: false },
	],
	environment: { AWS_ACCESS_KEY_ID: 'not-a-real-id' },
	clock: systemClock,
	probe: async context =>
		context.name === 'dr-west'
			? { kind: 'unreachable', because: 'refuses' }
			: { kind: 'reachable', milliseconds: 12 },
	look: unasked,
	tryStore: unasked,
	readKubeconfig: unasked,
	namespaces: unasked,
	completePath: () => ['keys/', 'keys.json'],
	readKeyFile: unasked,
	run: unasked,
	undo: unasked,
	save: unasked,
	saveAttachment: unasked,
	unfinished: undefined,
	kept: undefined,
	practiceHints: {},
	recordPath: () => undefined,
	otherRecords: async () => [],
};

const draft: Draft = {
	...emptyDraft,
	source: 'prod-east',
	destination: 'dr-west',
	store: 's3',
	texts: {
		's3.region': 'us-east-1',
		's3.endpoint': 's3.amazonaws.com',
		name: 'remotecluster',
		namespace: 'apps',
	},
	secrets: {
		's3.accessKeyId': new Secret('not-a-real-id'),
		's3.secretAccessKey': new Secret('not-a-real-secret'),
	},
};

const found: Facts[keyof Facts] = {
	context: 'prod-east',
	server: 'https://10.0.0.2:6443',
	api: { kind: 'known', value: { version: 'v1.33.5-eks-113cf36', uid: 'a' } },
	platform: {
		kind: 'known',
		value: {
			location: 'cloud',
			name: 'Amazon EKS',
			confidence: 'certain',
			evidence: 'providerID aws:///us-east-1a/i-0 on 3 nodes',
			provider: 's3',
			region: 'us-east-1',
		},
	},
	portworx: {
		kind: 'known',
		value: {
			install: 'operator',
			namespace: 'portworx',
			pods: [{ namespace: 'portworx', name: 'px-a' }],
			podCount: 3,
			version: '3.1.6',
			secured: false,
			startPort: 9001,
		},
	},
	uuid: { kind: 'known', value: '5b6f1c1e-ea57-4a57-9a57-000000000001' },
	stork: {
		kind: 'known',
		value: { namespace: 'portworx', version: '24.3.0', adminNamespace: 'kube-system', ready: 3, wanted: 3 },
	},
};
const other: typeof found = {
	...found,
	context: 'dr-west',
	server: 'https://10.1.0.2:6443',
	api: { kind: 'known', value: { version: 'v1.33.5-eks-113cf36', uid: 'b' } },
	uuid: { kind: 'known', value: '91d2a7c4-0e57-4e57-8e57-000000000002' },
};

const problem = clusterProblem({
	id: 'portworx-not-found',
	side: 'destination',
	title: 'No Portworx on the destination cluster',
	evidence: 'context dr-west: no StorageCluster and no pod labelled name=portworx in any namespace',
	remedies: [
		'Check that dr-west is the right cluster.',
		'Or install Portworx there first; then run this again.',
	],
});

const ending = clusterProblem({
	id: 'login-ending',
	side: 'destination',
	title:
		'The credentials for the destination expire soon: from then on migrations fail while the pair still says Ready',
	evidence: 'the token of the context dr-west ends in 3 days',
	remedies: [{ what: 'Let pxpair create a ServiceAccount for the pair', way: { kind: 'use-account' } }],
});
const roleMissing = clusterProblem({
	id: 'permission-missing',
	side: 'source',
	title: 'The user of the source lacks a right that the plan needs',
	evidence: 'may not create clusterpairs in apps, to make the pair',
	remedies: ['Ask an administrator to apply the manifest.'],
	attachment: {
		title: 'The smallest Role with the missing permissions on the source',
		text: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: pxpair\n',
	},
});

const answers = completeAnswers(draft);
const facts = {
	source: { ...noFacts('prod-east'), ...found },
	destination: { ...noFacts('dr-west'), ...other },
};
const plan = planPairing(answers, facts);

const events: readonly RunEvent[] = [
	...['reach-cluster/source', 'reach-cluster/destination'].map(
		(step): RunEvent => ({
			type: 'step-finished',
			step,
			outcome: { kind: 'unchanged', evidence: 'answers' },
			elapsed: 90,
			at: 90,
		}),
	),
	{
		type: 'step-finished',
		step: 'create-credential/source',
		outcome: { kind: 'changed', made: 'the credential on the source', evidence: 'valid' },
		elapsed: 900,
		at: 990,
	},
	{ type: 'step-started', step: 'wait-until-ready/source', at: 1000 },
	{ type: 'step-noted', step: 'wait-until-ready/source', note: 'storage Ready, scheduler not yet', at: 1100 },
	{ type: 'step-waiting', step: 'wait-until-ready/source', elapsed: 12_000, at: 13_000 },
];
const running = events.reduce(runReducer, runStartOf(plan));
const failed = [
	{
		type: 'step-finished',
		step: 'wait-until-ready/source',
		outcome: { kind: 'failed', problem, trace: 'none' },
		elapsed: 60_000,
		at: 61_000,
	},
	{ type: 'run-finished', result: { kind: 'failed', changes: 1, problem, trace: 'none' }, at: 61_000 },
].reduce<typeof running>((state, event) => runReducer(state, event as RunEvent), running);
const stopped = [
	{
		type: 'step-finished',
		step: 'wait-until-ready/source',
		outcome: { kind: 'cancelled' },
		elapsed: 4000,
		at: 5000,
	},
	{ type: 'run-finished', result: { kind: 'cancelled', changes: 1 }, at: 5000 },
].reduce<typeof running>((state, event) => runReducer(state, event as RunEvent), running);
const done = [
	{
		type: 'step-finished',
		step: 'wait-until-ready/source',
		outcome: { kind: 'unchanged', evidence: 'storage Ready, scheduler Ready' },
		elapsed: 4000,
		at: 5000,
	},
	{ type: 'run-finished', result: { kind: 'done', changes: 1 }, at: 5000 },
].reduce<typeof running>((state, event) => runReducer(state, event as RunEvent), running);

const field = {
	services,
	secret: undefined,
	cause: undefined,
	candidates: ['apps', 'apps-test'],
	adminNamespace: undefined,
	onText: nothing,
	onSecret: nothing,
	onNext: nothing,
	onBack: nothing,
	onHelp: nothing,
};
const noWords = () => undefined;
const lookedAt: readonly Finding[] = [
	fact('cluster', 'kubernetes', 'source', 'Kubernetes v1.33.5 at https://10.0.0.2:6443 (context prod-east)'),
	fact(
		'cluster',
		'kubernetes',
		'destination',
		'Kubernetes v1.33.5 at https://10.0.0.3:6443 (context dr-west)',
	),
	fact('way', 'way-api-open', 'destination', 'The source reaches the API server of the destination'),
	fact(
		'way',
		'way-storage-untested',
		'destination',
		'Portworx of the destination was not tested from the source',
	),
	fact('portworx', 'clocks', 'both', 'Clocks differ by 0 s'),
];
const foundProps = {
	errors: [],
	warnings: [],
	findings: lookedAt,
	isBusy: false,
	hasAccount: false,
	words: noWords,
	location: 'auto',
	standing: 0,
};
const refused = (side: Side) =>
	clusterProblem({
		id: 'store-unknown-key',
		title: 'The object store does not recognize this access key',
		side,
		evidence: 's3.amazonaws.com:443: ListBuckets 403, InvalidAccessKeyId',
		remedies: [answer('Check the access key ID', 'objectStore.accessKeyId')],
	});
const failedOffers: readonly Offer[] = [
	{ id: 'answer:s3.accessKeyId', action: { type: 'ask-aside', id: 's3.accessKeyId' } },
	{ id: 'retry', action: { type: 'run' } },
	{ id: 'leave', action: { type: 'leave' } },
];
const failure = {
	run: running,
	draft,
	made: [],
	question: undefined,
	offers: failedOffers,
	keys: keyed(failedOffers),
	words: noWords,
	onTake: nothing,
};
const steps = { printPreview: previewText, plan, places: podPlaces(facts), isWide: false, onCopy: nothing };
const looked = { draft, found: { facts, findings: [], isChecked: true }, proof: undefined, ahead: undefined };
const review = {
	summary: summaryOf(looked, plan, 0),
	errors: [],
	warnings: [],
	isBusy: false,
	offers: reviewOffers({ ...wizardStart({ draft }), place: { kind: 'question', id: 'review' } }),
	notice: undefined,
	onTake: nothing,
	onBack: nothing,
	onHelp: nothing,
};

const defaults = {
	rows: defaultRows(looked),
	onSubmit: nothing,
	onBack: nothing,
	onHelp: nothing,
};

const idle = {
	dispatch: nothing,
	take: nothing,
	saveManifests: nothing,
	leave: nothing,
	isWide: false,
};

const inFrame = (title: string, tree: ReactNode): ReactNode => (
	<Frame product="pxpair" title={title} isPractice isTall bindings={keysAt(wizardStart({ draft }), idle)}>
		{tree}
	</Frame>
);

const screens: Readonly<Record<string, ReactNode>> = {
	'clusters, source': (
		<ContextScreen
			onNarrowed={nothing}
			side="source"
			services={services}
			choice={contextsFor(services, wizardStart({}), 'source')}
			onFile={nothing}
			onSubmit={nothing}
			onBack={nothing}
			onHelp={nothing}
		/>
	),
	'clusters, destination': (
		<ContextScreen
			onNarrowed={nothing}
			side="destination"
			services={services}
			choice={contextsFor(services, wizardStart({ draft: { source: 'prod-east' } }), 'destination')}
			onFile={nothing}
			onSubmit={nothing}
			onBack={nothing}
			onHelp={nothing}
		/>
	),
	'found, busy': (
		<FoundScreen {...foundProps} isBusy facts={{ source: found, destination: { context: 'dr-west' } }} />
	),
	'found, known': <FoundScreen {...foundProps} facts={{ source: found, destination: other }} />,
	'found, warnings': (
		<FoundScreen
			{...foundProps}
			warnings={[ending, roleMissing]}
			facts={{ source: found, destination: other }}
		/>
	),
	'found, one problem': (
		<FoundScreen {...foundProps} errors={[problem]} facts={{ source: found, destination: other }} />
	),
	'found, many problems': (
		<FoundScreen
			{...foundProps}
			errors={[problem, roleMissing]}
			warnings={[ending]}
			facts={{ source: found, destination: other }}
		/>
	),
	'found, location set': (
		<FoundScreen {...foundProps} location="on-premises" facts={{ source: found, destination: other }} />
	),
	'found, a ServiceAccount taken': (
		<FoundScreen {...foundProps} hasAccount standing={2} facts={{ source: found, destination: other }} />
	),
	'found, details': (
		<DetailsScreen details={detailsOf({ draft, found: { facts, findings: lookedAt, isChecked: true } })} />
	),
	'problem, read alone': (
		<ProblemsScreen errors={[problem]} warnings={[]} notices={[]} words={noWords} onCopy={nothing} />
	),
	'problems, read': (
		<ProblemsScreen
			errors={[problem, roleMissing]}
			warnings={[ending]}
			notices={[]}
			words={noWords}
			onCopy={nothing}
		/>
	),
	begin: (
		<BeginScreen
			beginning={withRun(
				{
					title: plan.title,
					when: '2026-07-01 10:42 UTC',
					ended: 'failed at "Wait until storage and scheduler are Ready"',
					draft,
					story: storyOf(
						answers,
						stepsOf(plan).filter(({ change }) => change),
					),
					takeUp: nothing,
				},
				nothing,
			)}
			onLeave={nothing}
			onHelp={nothing}
		/>
	),
	login: (
		<ChoiceScreen
			id="login"
			question="Which login should the pair use?"
			options={loginOptions('service-account')}
			chosen="service-account"
			onSubmit={nothing}
			onBack={nothing}
			onHelp={nothing}
		/>
	),
	direction: (
		<ChoiceScreen
			id="direction"
			question="Pair the clusters in both directions?"
			options={directionOptions}
			chosen="one"
			onSubmit={nothing}
			onBack={nothing}
			onHelp={nothing}
		/>
	),
	'object store': (
		<ChoiceScreen
			id="store"
			question="Which object store do both clusters use?"
			remark="Both clusters get the same credential, under the same name."
			options={storeOptions(true)}
			chosen="s3"
			onSubmit={nothing}
			onBack={nothing}
			onHelp={nothing}
		/>
	),
	'credentials, empty': <FieldScreen {...field} id="s3.accessKeyId" text="" />,
	'credentials, typed': (
		<FieldScreen {...field} id="s3.secretAccessKey" text="" secret={new Secret('not-a-real-secret')} />
	),
	'key file': <FieldScreen {...field} id="google.jsonKeyFile" text="keys" />,
	namespace: <FieldScreen {...field} id="namespace" text="app" adminNamespace="kube-system" />,
	help: (
		<HelpPage
			title={shortNames['s3.accessKeyId']}
			lines={helpLines('s3.accessKeyId')}
			bindings={[{ key: '⏎', does: 'next' }]}
		/>
	),
	review: <ReviewScreen {...review} />,
	steps: <StepsScreen {...steps} />,
	'steps, beside what they do': <StepsScreen {...steps} isWide />,
	'beside the answers': (
		<Beside state={{ ...wizardStart({ draft }), place: { kind: 'question', id: 's3.secretAccessKey' } }}>
			<FieldScreen {...field} id="s3.secretAccessKey" text="" />
		</Beside>
	),
	'review, after an attempt': (
		<ReviewScreen
			{...review}
			summary={summaryOf(looked, plan, 2)}
			warnings={[ending]}
			notice="Saved pxpair-runbook-prod-east-dr-west.md"
		/>
	),
	'review, names and key being checked': <ReviewScreen {...review} isBusy />,
	'review, blocked': (
		<ReviewScreen {...review} errors={[refused('source'), refused('destination')]} warnings={[ending]} />
	),
	'defaults, key being tried': <DefaultsScreen {...defaults} proof={{ kind: 'trying' }} />,
	'defaults, key refused': (
		<DefaultsScreen {...defaults} proof={{ kind: 'refused', problem: refused('source') }} />
	),
	'defaults, key not tried': (
		<DefaultsScreen {...defaults} proof={{ kind: 'untried', because: 'no curl in the Portworx pods' }} />
	),
	'credentials, refused by the store': (
		<FieldScreen {...field} id="s3.accessKeyId" text="" cause={refused('source')} />
	),
	'clusters, no context': (
		<ContextScreen
			onNarrowed={nothing}
			side="source"
			services={services}
			choice={contextsFor({ contexts: [] }, wizardStart({}), 'source')}
			onFile={nothing}
			onSubmit={nothing}
			onBack={nothing}
			onHelp={nothing}
		/>
	),
	...Object.fromEntries(
		Object.entries(asideHelp).map(([name, { title, lines }]) => [
			`help: ${name}`,
			<HelpPage key={name} title={title} lines={lines} bindings={[{ key: 'Esc', does: 'close' }]} />,
		]),
	),
	defaults: <DefaultsScreen {...defaults} proof={{ kind: 'accepted' }} />,
	answers: <AnswersScreen draft={draft} facts={facts} onSubmit={nothing} onBack={nothing} onHelp={nothing} />,
	'run, waiting': (
		<RunScreen
			run={running}
			isStopping={false}
			question={undefined}
			made={[]}
			warnings={[]}
			words={noWords}
		/>
	),
	'run, stop asked': (
		<RunScreen
			run={running}
			isStopping={false}
			question="Stop after the current change? [y/N]"
			made={[]}
			warnings={[ending]}
			words={noWords}
		/>
	),
	'run, stopping': (
		<RunScreen run={running} isStopping question={undefined} made={[]} warnings={[]} words={noWords} />
	),
	'run, stopped': (
		<RunScreen
			run={stopped}
			isStopping={false}
			question={undefined}
			made={['the credential on the source']}
			warnings={[]}
			words={noWords}
		/>
	),
	'run, failed': (
		<RunScreen
			run={failed}
			isStopping={false}
			question={undefined}
			made={[]}
			warnings={[ending]}
			words={noWords}
		/>
	),
	'failed, one cause on both': (
		<FailedScreen {...failure} errors={[refused('source'), refused('destination')]} />
	),
	'failed, with changes': (
		<FailedScreen
			{...failure}
			run={failed}
			errors={[refused('source')]}
			made={['the namespace apps on the source']}
		/>
	),
	'failed, asked before an object is replaced': (
		<FailedScreen
			{...failure}
			run={failed}
			errors={[refused('source')]}
			question="Delete the existing object and create it again? This can't be undone. [y/N]"
		/>
	),
	...Object.fromEntries(
		(['running', 'done', 'failed', 'undoing', 'undone'] as const).map(standing => [
			`help: ${standing}`,
			<RunHelp key={standing} standing={standing} bindings={[{ key: 'u', does: 'undo all changes' }]} />,
		]),
	),
	'kubeconfig file': (
		<KubeconfigScreen services={services} onContexts={nothing} onBack={nothing} onHelp={nothing} />
	),
	done: (
		<DoneScreen
			run={done}
			made={done.rows.flatMap(({ state }) => (state.kind === 'changed' ? [state.made] : []))}
			warnings={[ending]}
			pair={answers.pair}
			recordPath="/home/me/.local/state/pxpair/runs/2026.json"
			isPractice
		/>
	),
};

const unfinished = {
	title: plan.title,
	when: '2026-07-01 10:42 UTC',
	ended: 'interrupted at "Apply the ClusterPair remotecluster on the source"',
	draft,
	story: storyOf(
		answers,
		stepsOf(plan)
			.filter(({ change }) => change !== undefined)
			.slice(0, 3),
	),
	takeUp: nothing,
};
const askedToUndo = wizardReducer(wizardStart({ draft }), { type: 'undo-first', story: unfinished.story });
const undoing = wizardReducer(askedToUndo, { type: 'undo-began' });
const ended = (kept?: string): WizardState =>
	(undoing.live?.run.rows ?? [])
		.flatMap(({ step }, index): readonly RunEvent[] => [
			{
				type: 'step-finished',
				step: step.id,
				outcome: {
					kind: 'undone',
					made: step.change?.makes ?? '',
					kept: index === 0 ? kept : undefined,
				},
				elapsed: 100,
				at: 100,
			},
		])
		.concat({ type: 'run-finished', result: { kind: 'done', changes: 3 }, at: 300 })
		.reduce((state, event) => wizardReducer(state, { type: 'told', event }), undoing);
const undoPlace = (state: WizardState) => (
	<UndoPlace
		{...{ services, unfinished, state }}
		made={madeOf(state.story)}
		dispatch={nothing}
		onLeave={nothing}
		stopSignal={new AbortController().signal}
		onProgress={nothing}
	/>
);

/** Their own frames are part of them. */
const places: Readonly<Record<string, ReactNode>> = {
	'kept answers': (
		<BeginPlace
			beginning={withAnswers({ draft, age: 3_600_000 }, nothing)}
			isPractice={false}
			onLeave={nothing}
		/>
	),
	'an earlier run, undo it?': undoPlace(askedToUndo),
	'an earlier run, undoing': undoPlace(undoing),
	'an earlier run, undone': undoPlace(ended()),
	'an earlier run, not fully undone': undoPlace(ended('it is used by another ClusterPair')),
};

export const screenExhibits = [
	...Object.entries(screens).map(([name, tree]) => ({ name: `screen: ${name}`, tree: inFrame(name, tree) })),
	...Object.entries(places).map(([name, tree]) => ({ name: `screen: ${name}`, tree })),
];
