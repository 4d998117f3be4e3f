import type { Provider } from '../answers/providers.ts';

/** One kind of ground under Kubernetes, or one kind of Kubernetes, with everything it is known by. */
export type PlatformRow = Readonly<{
	name: string;
	/** `unknown`: it has to be asked. `anywhere`: it is a Kubernetes that runs on any ground and hides on which. */
	location: 'cloud' | 'on-premises' | 'unknown' | 'anywhere';
	/** Where public and private installations look alike, a provider ID is no proof. */
	sureness?: 'likely';
	/** The name says already which Kubernetes it is. */
	complete?: true;
	/** Starts of a node's `spec.providerID`: the platform's own controller writes it, labels can be set by anyone. */
	ids?: readonly string[];
	/** Types in `status.platformStatus` of OpenShift's Infrastructure. */
	infrastructure?: readonly string[];
	/** `spec.cloudStorage.provider` of a StorageCluster: whom Portworx asks for its disks. */
	disks?: string;
	/** The Kubernetes that is at home there. */
	kubernetes?: KubernetesSigns;
	/** The object store most people use there. */
	provider?: Provider;
	/** Region and project in a provider ID: the first group, and nothing where it would be a guess. */
	region?: RegExp;
	project?: RegExp;
	/** Where these facts can be read. */
	source: string;
}>;

export type KubernetesSigns = Readonly<{
	name: string;
	/** What it is called on ground that is not its own. */
	abroad?: string;
	/** Starts of the names of its nodes' labels and annotations. */
	marks?: readonly string[];
	/** Part of the server's `gitVersion`. */
	version?: string;
	/** `portworx.io/<this>: "true"` on the StorageCluster, as Portworx's spec generator writes it. */
	annotation?: string;
	/** Ends of the API server's host name. */
	hosts?: readonly string[];
	/** Part of its nodes' `osImage`. */
	osImage?: string;
}>;
