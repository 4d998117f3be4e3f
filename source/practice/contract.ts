/** What the parts of the practice clusters know of each other. */

/** Any Kubernetes object, as JSON. */
export type KubeObject = {
	apiVersion: string;
	kind: string;
	metadata: ObjectMeta;
	[field: string]: unknown;
};

export type ObjectMeta = {
	name: string;
	namespace?: string;
	uid?: string;
	resourceVersion?: string;
	generation?: number;
	creationTimestamp?: string;
	deletionTimestamp?: string;
	deletionGracePeriodSeconds?: number;
	labels?: Record<string, string>;
	annotations?: Record<string, string>;
	finalizers?: string[];
	managedFields?: unknown[];
	[field: string]: unknown;
};

/** Names one resource type: `{group: '', version: 'v1', plural: 'pods'}`. */
export type ResourceId = Readonly<{ group: string; version: string; plural: string }>;

export type StoreEvent = Readonly<{
	type: 'ADDED' | 'MODIFIED' | 'DELETED';
	resource: ResourceId;
	object: KubeObject;
}>;

/** The objects of one cluster, as etcd would hold them. Synchronous: what it answers is what is. */
export interface ObjectStore {
	get(resource: ResourceId, namespace: string | undefined, name: string): KubeObject | undefined;
	list(resource: ResourceId, namespace?: string): KubeObject[];
	/** Adds uid, resourceVersion, creationTimestamp, generation. */
	create(resource: ResourceId, object: KubeObject): KubeObject;
	/** Replaces the object; counts `generation` up when anything but metadata and status changed, and does nothing when nothing changed. */
	update(resource: ResourceId, object: KubeObject): KubeObject;
	/** Sets deletionTimestamp while finalizers remain, else removes. An update that drops the last finalizer of a deleted object removes it. */
	remove(resource: ResourceId, namespace: string | undefined, name: string): KubeObject;
	/** Calls back on every change from now on; the answer ends it. */
	subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** A pod exec that the API server has authenticated and authorized, and whose pod and container exist. */
export type ExecRequest = Readonly<{
	namespace: string;
	pod: string;
	container: string;
	command: readonly string[];
	stdin: boolean;
	stdout: boolean;
	stderr: boolean;
	tty: boolean;
}>;

/** What runs a command in a pod. Output waits until the last listener's promise is kept. */
export type ExecProcess = Readonly<{
	/** Bytes for the process's standard input; `end` is what WebSocket v5 can say and v4 cannot. */
	stdin: { write(chunk: Uint8Array): void; end(): void };
	onStdout(listener: (chunk: Uint8Array) => unknown): void;
	onStderr(listener: (chunk: Uint8Array) => unknown): void;
	/** Exit code, or why the command could not be started at all (`stat /nope: no such file or directory`). */
	done: Promise<{ kind: 'exited'; code: number } | { kind: 'not-started'; message: string }>;
	kill(): void;
}>;

export type ExecRunner = (request: ExecRequest) => ExecProcess;

/** One request as the practice API server received it, for tests that ask what was sent. Bodies are kept as text. */
export type RequestRecord = Readonly<{
	at: number;
	cluster: string;
	method: string;
	/** Path and query, exactly as sent. */
	url: string;
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: string;
	/** The user that authentication found: `practice-admin`, `system:serviceaccount:ns:name`, `system:anonymous`. */
	user: string;
	/** Which piece of standard input came by an exec, from the second on; of a request itself, undefined. */
	piece?: number;
}>;

/** An exec that began in a pod: when it was asked for, and when it began. Milliseconds since 1970. */
export type BegunExec = Readonly<{ asked: number; begun: number }>;

/**
 * What may go wrong with one request. Asked before the request is handled (`when: 'before'`) or after (`'after'`: done, but the answer
 * is lost). Asked again for each piece of standard input that an exec gets: then it ends the exec, before or after that piece.
 */
export type Fault =
	| Readonly<{ kind: 'status'; code: number; reason: string; message: string; retryAfterSeconds?: number }>
	| Readonly<{ kind: 'raw'; code: number; contentType: string; body: string }>
	| Readonly<{ kind: 'reset'; when: 'before' | 'after'; afterBytes: number }>
	| Readonly<{ kind: 'hang'; when: 'before' | 'after' }>
	| Readonly<{ kind: 'truncate'; bytes: number }>
	/** Exec only: the socket closes without a status frame, after so many bytes of output. */
	| Readonly<{ kind: 'exec-cut'; afterBytes: number }>
	/** Exec only: it closes just before it would say this. */
	| Readonly<{ kind: 'exec-cut-before'; words: string }>
	/** Exec only: it ends in good order once it has said this so often. */
	| Readonly<{ kind: 'exec-ends'; words: string; times: number }>
	/** What was asked is done; the answer is another, also with another code. */
	| Readonly<{ kind: 'rewritten'; rewrite: Rewrite; code?: number }>;

/**
 * What is sent in place of an answer's body, of a line of a watch, of what an exec writes, of the status it ends with. It may have no end.
 */
export type Rewrite = (text: string, of: 'body' | 'event' | 'output' | 'status') => Iterable<string>;

export type FaultHook = (request: RequestRecord) => Fault | undefined;

/** Of the addresses that this machine reaches, those that the pods do not: `host:port`, and how they find out. */
export type ClosedToPods = ReadonlyMap<string, 'refused' | 'silent'>;
