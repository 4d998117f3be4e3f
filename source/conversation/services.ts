import type { Answers } from '../pairing/answers/answers.ts';
import type { AskedFieldId } from '../pairing/answers/credential.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import type { ClusterFacts } from '../pairing/clusters/cluster.ts';
import type { Clock, StoreTrial } from '../pairing/clusters/ports.ts';
import type { Plan, Step } from '../pairing/step/step.ts';
import type { Environment } from '../pairing/words/environment.ts';
import type { Finding } from '../pairing/words/finding.ts';
import type { Pair, Side } from '../pairing/words/pair.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { Secret } from '../pairing/words/secret.ts';
import type { Observer, RunResult } from '../runner/run-event.ts';
import type { QuestionId } from './questions/question-ids.ts';
import type { Story } from './story/story.ts';

/** What the conversation asks of the world. Everything that takes time takes a signal, and none of it draws. */
export type WizardServices = Readonly<{
	contexts: readonly ContextSummary[];
	/** Names of environment variables that hold something, and their values. */
	environment: Environment;
	/** Whether the server of a context answers, without logging in to it. Never throws. */
	probe(context: ContextRef): Promise<Reach>;
	/** @returns the contexts of another kubeconfig file, or why there are none */
	readKubeconfig(
		path: string,
	): Promise<
		Readonly<{ kind: 'contexts'; contexts: readonly ContextSummary[] } | { kind: 'mistake'; text: string }>
	>;
	/**
	 * Looks at both clusters, and at what would make a pairing with these answers fail. Tells each thing as it becomes known.
	 * Never throws for what clusters do.
	 */
	look(answers: Answers, tell: Told, signal: AbortSignal): Promise<void>;
	/** Sends the store one signed request from a pod of each cluster. Never throws for what clusters do. */
	tryStore(
		answers: Answers,
		tell: (side: Side, trial: StoreTrial) => void,
		signal: AbortSignal,
	): Promise<void>;
	/** undefined when they cannot be listed. */
	namespaces(context: ContextRef): Promise<readonly string[] | undefined>;
	/** Paths that begin like this one; folders end in a slash. */
	completePath(start: string): readonly string[];
	/** @returns what is in it, or why it will not do for that field */
	readKeyFile(
		path: string,
		id: AskedFieldId<'key-file'>,
	): Promise<Readonly<{ kind: 'key'; key: Secret } | { kind: 'mistake'; text: string }>>;
	run(answers: Answers, plan: Plan, observe: Observer, signal: AbortSignal): Promise<RunResult>;
	undo(answers: Answers, steps: readonly Step[], observe: Observer, signal: AbortSignal): Promise<RunResult>;
	/** @returns where it was written, or why it could not be */
	save(what: 'runbook' | 'answers', draft: Draft, plan: Plan, facts: Pair<ClusterFacts>): Promise<string>;
	/** A manifest that goes with a problem, as a file. @returns where it was written, or why it could not be */
	saveAttachment(problem: Problem): Promise<string>;
	clock: Clock;
	/** A run that did not come to its end, if there is one for these contexts. */
	unfinished: Unfinished | undefined;
	/** Answers of a conversation that was left before its run. */
	kept: KeptDraft | undefined;
	/** What to type on the practice clusters. Empty for real ones. */
	practiceHints: Readonly<Partial<Record<QuestionId, string>>>;
	/** Where the record of the run lies, once there is one. */
	recordPath(): string | undefined;
	/** Names of the records of earlier attempts, with other answers, of which something still exists. */
	otherRecords(): Promise<readonly string[]>;
}>;

export type Told = Readonly<{
	facts(side: Side, found: Partial<ClusterFacts>): void;
	/** `isWhole`: these are all, in order, in place of what was told before. */
	findings(found: readonly Finding[], isWhole: boolean): void;
}>;

/** `age` in milliseconds. */
export type KeptDraft = Readonly<{ age: number; draft: Draft }>;

/** An earlier run, as much of it as is needed to choose what to do with it. */
export type Unfinished = Readonly<{
	title: string;
	/** When it began. */
	when: string;
	/** How it ended, in half a sentence. */
	ended: string;
	/** What it was told, without the secrets. */
	draft: Draft;
	/** What was told of it: what still exists follows from it. */
	story: Story;
	/** From now on, what is run or undone belongs to this run. */
	takeUp(): void;
}>;

export type ContextSummary = Readonly<{
	name: string;
	cluster: string;
	server: string;
	isCurrent: boolean;
	/** Of a file that was named in the conversation: its whole path. */
	kubeconfig?: string;
}>;

/** A context, and the file that holds it where that is not one of the usual. */
export type ContextRef = Readonly<Pick<ContextSummary, 'name' | 'kubeconfig'>>;

/** `unasked`: it is reached through a proxy, so that a look from here would tell nothing. */
export type Reach = Readonly<
	{ kind: 'reachable'; milliseconds: number } | { kind: 'unreachable'; because: string } | { kind: 'unasked' }
>;
