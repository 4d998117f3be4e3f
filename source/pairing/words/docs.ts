/** The documented procedure, in the last edition that describes `storkctl generate clusterpair` in full. */
const migration = 'https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/';

export const docs = {
	prerequisites: `${migration}#prerequisites`,
	procedure: `${migration}#generate-and-apply-a-clusterpair-spec`,
	credentials: `${migration}#create-object-store-credentials-for-cloud-clusters`,
	generate: `${migration}#generate-a-clusterpair-on-the-destination-cluster`,
	token: `${migration}#show-your-destination-cluster-token`,
	apply: `${migration}#apply-the-generated-clusterpair-on-the-source-cluster`,
	verify: `${migration}#verifying-the-pair-status`,
	serviceAccount: 'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
} as const;
