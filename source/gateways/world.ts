import type { Answers } from '../pairing/answers/answers.ts';
import type { Clock, ClusterWorld, Pxctl, SpecGenerator, World } from '../pairing/clusters/ports.ts';
import type { Environment } from '../pairing/words/environment.ts';
import { both, type Side } from '../pairing/words/pair.ts';
import { unlessProblem } from '../pairing/words/problem.ts';
import { remember } from '../pairing/words/remember.ts';
import { clusterApi } from './kubernetes/cluster-api.ts';
import { type Connection, connect } from './kubernetes/connection.ts';
import { discovery } from './kubernetes/discovery.ts';
import type { PluginCredential } from './kubernetes/kubeconfig/login.ts';
import { type ContextEntry, findContext, type Kubeconfig, loadKubeconfig } from './kubernetes/kubeconfig.ts';
import { loginFacts } from './kubernetes/login-facts.ts';
import { specGenerator } from './kubernetes/storkctl.ts';
import type { Terminal } from './machine/terminal.ts';
import { podView } from './pods/pod-view.ts';
import { pxctl } from './pods/pxctl.ts';

export type WorldOptions = Readonly<{
	/** `--kubeconfig`, for sides whose answers name none. */
	kubeconfig: string | undefined;
	storkctl: string | undefined;
	/** For this program and, whole, for those that it starts: no secret may be among it. */
	environment: Environment;
	clock: Clock;
	/** Ends every call at once. */
	signal: AbortSignal;
	/** For login plugins that ask something, where there is one. */
	terminal?: Terminal | undefined;
	/** What login plugins answered in worlds before this one. */
	logins?: Map<string, PluginCredential> | undefined;
	/** Seconds that any one question to a cluster may take; as many as each is given when absent. */
	longest?: number;
}>;

export type OpenWorld = Readonly<{ world: World; close(): void }>;

/**
 * Everything a pairing may ask of the two clusters. Nothing is sent yet.
 * @throws PairingError when a kubeconfig or context is not available
 */
export async function openWorld(answers: Pick<Answers, Side>, options: WorldOptions): Promise<OpenWorld> {
	const closing = new AbortController();
	const signal = AbortSignal.any([options.signal, closing.signal]);
	const choices = { source: answers.source, destination: answers.destination };
	const loaded = new Map<string | undefined, Promise<Kubeconfig>>();
	const configs = await both(choices, choice => {
		const file = choice.kubeconfig ?? options.kubeconfig;
		// Of thousands of contexts, reading them takes half a second.
		const config =
			loaded.get(file) ??
			loadKubeconfig({ environment: options.environment.KUBECONFIG, ...(file && { file }) });
		loaded.set(file, config);
		return config;
	});
	const entries = {
		source: findContext(configs.source, answers.source.context, 'source'),
		destination: findContext(configs.destination, answers.destination.context, 'destination'),
	};
	const generators = await both(entries, (entry, side) =>
		specGenerator(side, entry, {
			wanted: options.storkctl,
			environment: options.environment,
			kubeconfigFiles: configs[side].files,
			signal,
		}),
	);
	const surroundings = { ...options, signal };
	const connections = {
		source: connect('source', entries.source, surroundings),
		destination: connect('destination', entries.destination, surroundings),
	};
	return {
		world: {
			source: clusterWorld(entries.source, connections.source, generators.source, options.clock),
			destination: clusterWorld(
				entries.destination,
				connections.destination,
				generators.destination,
				options.clock,
			),
		},
		close() {
			// What was asked and is not waited for any more would keep the process.
			closing.abort();
			connections.source.close();
			connections.destination.close();
		},
	};
}

function clusterWorld(
	entry: ContextEntry,
	connection: Connection,
	specs: SpecGenerator,
	clock: Clock,
): ClusterWorld {
	const { side, server } = connection;
	const api = clusterApi(connection, clock);
	const found = discovery(connection, api, () => commands);
	const commands: Pxctl = pxctl(connection, api, () => found.portworx());
	return {
		side,
		context: entry.name,
		server,
		api,
		pxctl: commands,
		discovery: found,
		podView: podView(connection, () => found.portworx()),
		specGenerator: specs,
		logIn: () => connection.logIn().catch(unlessProblem),
		login: remember(() => loginFacts(entry, side)),
	};
}
