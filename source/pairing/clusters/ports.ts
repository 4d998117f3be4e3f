import type * as z from 'zod';
import type { Endpoint } from '../answers/answers.ts';
import type { Credential } from '../answers/credential.ts';
import type { StoredCredential } from '../cluster-pair/credential-traits.ts';
import type { Branch, Manifest } from '../words/manifest.ts';
import type { Pair, Side } from '../words/pair.ts';
import type { Problem } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';
import type { ApiFacts, PortworxFacts, StorkFacts } from './cluster.ts';
import type { LoginFacts } from './login.ts';
import type { Permission } from './permission.ts';
import type { Platform } from './platform.ts';
import type { ClusterPairObject } from './portworx-kinds.ts';
import type { KubeObject, ResourceType } from './resource-type.ts';

/**
 * What steps and screens may ask of the world. Every method is bounded in time, ends when its run is ended, and throws a
 * PairingError whose Problem names the side; nothing else is thrown for what clusters do.
 */
export type World = Pair<ClusterWorld>;

export type ClusterWorld = Readonly<{
	side: Side;
	context: string;
	/** The API server's address in the kubeconfig. */
	server: string;
	api: ClusterApi;
	pxctl: Pxctl;
	discovery: Discovery;
	podView: PodView;
	/** Makes the spec of a ClusterPair that points to this cluster. */
	specGenerator: SpecGenerator;
	/** Before anything is asked: a person may have to. Why it came to nothing is told to those who ask after it. */
	logIn(): Promise<void>;
	/** What the kubeconfig says of this context, without any credential. Remembered. */
	login(): Promise<LoginFacts>;
}>;

/** The Kubernetes API of one cluster. */
export interface ClusterApi {
	/** undefined when there is no such object, or no such type. */
	get<S extends z.ZodType>(
		type: ResourceType<S>,
		name: string,
		namespace?: string,
	): Promise<z.infer<S> | undefined>;
	/** undefined when the cluster does not serve the type. */
	list<S extends z.ZodType>(
		type: ResourceType<S>,
		query?: ListQuery,
	): Promise<readonly z.infer<S>[] | undefined>;
	/** `dry-run` (here and below): admission decides on it as always, and nothing is stored. */
	create(type: ResourceType, manifest: Manifest, how?: 'dry-run'): Promise<KubeObject>;
	/** Server-side apply under our own field manager. */
	apply(type: ResourceType, manifest: Manifest, how?: 'dry-run'): Promise<KubeObject>;
	/** Merges changes into the object as it was seen: any other, or one that was changed since, is a conflict. */
	merge(type: ResourceType, seen: KubeObject, changes: Branch): Promise<KubeObject>;
	/**
	 * Only the object with this UID: any other is a conflict.
	 * @returns `absent` when there is no such object
	 */
	delete(
		type: ResourceType,
		name: string,
		namespace: string | undefined,
		uid: string | undefined,
		/** Given: only as it was then; changed since is a conflict as well. */
		resourceVersion?: string,
	): Promise<'accepted' | 'absent'>;
	/** Resolves at the next change of the object, or when the server ends the watch. */
	nextChange(
		type: ResourceType,
		name: string,
		namespace: string,
		since: string | undefined,
		signal: AbortSignal,
	): Promise<void>;
	version(): Promise<string>;
	/** Asks the API server itself (SelfSubjectAccessReview): nothing is written. */
	mayI(permission: Permission): Promise<boolean>;
	/** Whose token that is to the API server (TokenReview); undefined when it accepts it from no one. */
	userOf(token: Secret): Promise<string | undefined>;
	/**
	 * What keeps a namespace from being empty, as `kind/name` and UID, of all kinds that the cluster serves; what every namespace has by
	 * itself does not count. A kind that can't be listed counts: it is not known to be empty.
	 */
	tenants(namespace: string): Promise<readonly Tenant[]>;
}

/** `uid`: undefined for a kind that can't be listed. */
export type Tenant = Readonly<{ what: string; uid: string | undefined }>;

/** `labelSelector` and `fieldSelector` as Kubernetes writes them; `limit` bounds what is read in all. */
export type ListQuery = Readonly<{
	namespace?: string;
	labelSelector?: string;
	fieldSelector?: string;
	limit?: number;
}>;

/** `pxctl` in a Portworx pod of one cluster. */
export interface Pxctl {
	/** From the anchored `Cluster UUID:` line of `pxctl status`. */
	clusterUuid(): Promise<string>;
	/** What `pxctl status` says behind `License:`; undefined when it says nothing. */
	license(): Promise<string | undefined>;
	/** What it says behind `Status:`; undefined when it says nothing. */
	state(): Promise<string | undefined>;
	validateCredential(name: string): Promise<CredentialState>;
	/** @returns the UUID that pxctl gave it; undefined where it tells none */
	createCredential(name: string, credential: Credential): Promise<string | undefined>;
	/** By name or UUID. Fine when it is gone already. */
	deleteCredential(nameOrUuid: string): Promise<void>;
	/** From `credentials list`; undefined when there is none of that name, or this pxctl lists no names. */
	storedCredential(name: string): Promise<StoredCredential | undefined>;
	/** Remembered for the run, until it is reset. */
	showClusterToken(): Promise<Secret>;
	/** Pairs that hold the old one can't pair again. */
	resetClusterToken(): Promise<void>;
	/** The clusters that Portworx of this one is paired with, by their UUIDs. */
	pairs(): Promise<readonly Readonly<{ id: string }>[]>;
	/** Ends the pairing with the cluster of this UUID. Fine when there is none. */
	deletePair(id: string): Promise<void>;
}

export type CredentialState = Readonly<
	{ kind: 'valid' } | { kind: 'absent' } | { kind: 'invalid'; evidence: string }
>;

/** What is known of one cluster, read once and remembered for the run; a failure is asked again. */
export interface Discovery {
	api(): Promise<ApiFacts>;
	platform(): Promise<Platform>;
	portworx(): Promise<PortworxFacts>;
	/** As far as it was read already: nothing is asked. */
	portworxVersion(): string | undefined;
	uuid(): Promise<string>;
	stork(): Promise<StorkFacts>;
	/** All there are; undefined when the cluster does not know the type. */
	clusterPairs(): Promise<readonly ClusterPairObject[] | undefined>;
	/** Where Portworx of this cluster is reached from outside, the best first. Never empty. */
	endpoints(): Promise<readonly [Endpoint, ...Endpoint[]]>;
}

/** What can be seen from inside a Portworx pod of one cluster, which runs on the node's own network. Nothing is written there. */
export interface PodView {
	/** One request from the pod. `untested` when the pod has nothing to send it with. */
	ask(request: PodRequest): Promise<PodAnswer>;
	/** How far the node's clock is ahead of this machine's. Both in milliseconds. */
	clock(): Promise<Readonly<{ ahead: number; uncertainty: number }>>;
	/** Sends the store signed requests that change nothing; where a bucket is named, one object of ours is written, read and deleted in it. */
	tryStore(credential: Credential): Promise<StoreTrial>;
}

export type PodRequest = Readonly<{
	url: string;
	/** PEM. Given: whether the answer came with a certificate of it is part of what is found. */
	ca?: string;
	/** A server name for TLS other than the URL's host. */
	serverName?: string;
}>;

export type PodAnswer = Readonly<
	/**
	 * `trusted`: the server's certificate is of the given CA; undefined when none was given, or the pod cannot tell. `because` is
	 * why it is not true.
	 */
	| { kind: 'answered'; status: number; body: string; trusted: boolean | undefined; because?: string }
	/** The port takes connections, and the pod has nothing to send a request with. */
	| { kind: 'open'; because: string }
	/** `because` is the system's own reason, `cause` what it amounts to. */
	| { kind: 'failed'; cause: ReachFailure; because: string }
	| { kind: 'untested'; because: string }
>;

export type ReachFailure = 'refused' | 'timeout' | 'unknown-host' | 'no-route' | 'reset' | 'tls' | 'other';

export type StoreTrial = Readonly<
	| { kind: 'accepted'; evidence: string }
	| { kind: 'refused'; problem: Problem }
	/** It refused what was asked of it, and that does not tell whether it knows the key. */
	| { kind: 'doubtful'; problem: Problem }
	| { kind: 'untried'; because: string }
>;

/**
 * What the kubeconfig inside a ClusterPair says of the way to a cluster, without any credential. Reads nothing but what it is
 * given: files that it names would be those of Stork's pod.
 */
export type ReadPairLogin = (config: unknown, to: Side) => Promise<LoginFacts>;

/** `storkctl generate clusterpair` on the destination, or the same by our own hand. Remembered for the run. */
export interface SpecGenerator {
	/** Which of the two it is, for people: `storkctl 23.5` or `the built-in generator`. */
	readonly title: string;
	/** The spec without placeholders, status and the like; credentials in it are Secrets. */
	generate(name: string, namespace: string): Promise<Manifest>;
}

export interface Clock {
	/** Milliseconds since some fixed moment. */
	now(): number;
	/** Milliseconds since 1970, for what ends on a date. */
	today(): number;
	/** Resolves early, without an error, when the signal fires. */
	sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
