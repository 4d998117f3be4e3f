import type { Login } from '../answers/answers.ts';
import type { Account } from '../cluster-pair/account.ts';
import type { Clock, World } from '../clusters/ports.ts';
import type { Command } from '../words/command.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import type { Problem } from '../words/problem.ts';
import type { Need } from './permissions-needed.ts';

/** A fact that should hold, a way to make it hold, and the page that says so. */
export type Step = Readonly<{
	/** Unique in its plan: `create-credential/source`. */
	id: string;
	title: StepTitle;
	/** Which cluster it reads or changes. */
	on: Side | 'both';
	docs: string;
	preview: readonly Preview[];
	/** What its check, change and undo ask of the API servers. */
	needs: readonly Need[];
	/** For a step that waits: how long it repeats its check. */
	patience?: Patience;
	/** Reads only. Throws PairingError for what blocks it. */
	check(context: StepContext): Promise<Verdict>;
	change?: StepChange;
}>;

export type StepTitle = Readonly<{
	/** In the plan: "Create the namespace". */
	plan: string;
	/** While it runs: "Creating the namespace…". */
	doing: string;
	/** Once it holds: "Namespace created" is said only of a change, so this is "The namespace exists". */
	holds: string;
}>;

export type StepChange = Readonly<{
	/** Makes the fact hold; checked again afterwards. Returns the identity of what it made, where the cluster told it. */
	apply(context: StepContext): Promise<Identity | undefined>;
	/** Has the API server decide on the same object without storing it: policies and webhooks show before anything is changed. */
	dryRun?(context: StepContext): Promise<unknown>;
	/** Reads the identity of what `apply` made, where its answer was lost or did not say it. Asked right after the change. */
	identify?(context: StepContext): Promise<Identity | undefined>;
	/** What there is of it by now, and whether it may be deleted. Reads only; deleting it is part of the answer. */
	remains(context: UndoContext): Promise<Remains>;
	/** What it makes, in words: "the credential clusterPair_… on source". */
	makes: string;
	/** A `trial` cleans up after itself; a `deletion` makes nothing. */
	kind?: 'trial' | 'deletion';
	/** What a controller may make because of it, to be deleted after it, the last first. Only the change and the undo of these steps count. */
	brings?: readonly Step[];
}>;

/** What the cluster itself calls the thing: the UID of an object, the UUID that pxctl prints of a credential. */
export type Identity = string;

export type Undone = Readonly<
	/** Seen to be gone. */
	| { kind: 'removed' }
	/** There was nothing to delete: who did is not known. */
	| { kind: 'absent' }
	| { kind: 'kept'; because: string }
>;

/** What is left to undo of a change. Nothing is deleted until `delete` is called. */
export type Remains = Readonly<
	| { kind: 'absent' }
	| { kind: 'kept'; because: string }
	/** `caution`: what speaks against it that can't be seen from here. */
	| { kind: 'deletable'; identity: Identity | undefined; caution?: string; delete(): Promise<Undone> }
>;

export type StepContext = Readonly<{
	world: World;
	clock: Clock;
	/** Of the run's record; every object that the run makes carries it as a label. */
	runId: string;
	/** Shown under the running step. */
	note(text: string): void;
	/** Fires when the person wants to stop: waiting should end, a change under way should not. */
	signal: AbortSignal;
}>;

export type UndoContext = StepContext &
	Readonly<{
		/** The identity of what the run made; undefined where it was not told or not seen. */
		made?: Identity | undefined;
		/** What a plan deletes before it: it still exists, and no longer counts. */
		goneBefore?: ReadonlySet<Identity>;
	}>;

export type Verdict =
	/** `warnings` is what may hurt later. `isKept`: what a deletion is about exists, and is to stay. */
	| Readonly<{ kind: 'holds'; evidence: string; warnings?: readonly Problem[]; isKept?: true }>
	| Readonly<{ kind: 'absent'; because: string }>
	/** Not yet: looked at again until patience ends; then `problem` says what was missing. `since` is what was looked at. */
	| Readonly<{ kind: 'pending'; latest: string; problem: Problem; since?: string }>;

export type Patience = Readonly<{
	seconds: number;
	/** Resolves when there is something newer than `since` to look at; the runner looks every few seconds anyway. */
	change(context: StepContext, since: string | undefined): Promise<void>;
}>;

/** What a step would do, for people. Commands and manifests print with secrets as dots. */
export type Preview =
	| Readonly<{ kind: 'command'; command: Command }>
	| Readonly<{ kind: 'manifest'; verb: 'create' | 'apply'; on: Side; manifest: Manifest }>
	/** The spec as storkctl prints it, but for what the answers want otherwise. */
	| Readonly<{ kind: 'spec'; command: Command; login: Login; server: string | undefined }>
	/** The token that the cluster made for the ServiceAccount of the pair. */
	| Readonly<{ kind: 'account-token'; on: Side; account: Account }>
	| Readonly<{ kind: 'text'; text: string }>;

/** Steps of one stage may run at the same time; stages follow each other. */
export type Plan = Readonly<{
	title: string;
	stages: readonly (readonly Step[])[];
	/** What the person should know before it runs. */
	remarks: readonly string[];
}>;

export const stepsOf = (plan: Plan): readonly Step[] => plan.stages.flat();

/** All that a plan may have made, in an order in which the last is deleted first. */
export const changesOf = (plan: Plan): readonly Step[] =>
	stepsOf(plan).flatMap(step => [...(step.change?.brings ?? []), step]);
