import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { defaultPair } from '../../source/pairing/answers/answers.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import type { PodPlaces } from '../../source/pairing/step/preview.ts';
import { fact } from '../../source/pairing/words/finding.ts';
import { plainPage } from '../../source/plain/page.ts';
import { planJson, planText } from '../../source/plain/plan-text.ts';
import { runbook } from '../../source/plain/runbook.ts';
import { answersWith, stores, unknownFacts } from '../helpers/answers.ts';
import { temporaryFolder } from '../helpers/program/temporary-folder.ts';

const places: PodPlaces = {
	source: { context: 'east', namespace: 'portworx', pod: 'px-east-1' },
	destination: { context: 'west', namespace: 'kube-system', pod: 'px-west-1' },
};
const s3 = planPairing(answersWith(), unknownFacts);

test('the plan as text', () => {
	expect(planText(s3, places)).toMatchInlineSnapshot(`
		"Pair east → west as migrationnamespace/remotecluster

		 1. both         Check both clusters for what the plan needs  (read-only)
		      Look for what would make a later step fail: missing permissions, an address or a login that does not work from the other cluster, a store that rejects the key, existing objects of the same name, an object that blocks Stork. pxpair check does only this.

		 2. source       Reach the source cluster  (read-only)
		      kubectl --context east get namespace kube-system -o 'jsonpath={.metadata.uid}'

		 3. destination  Reach the destination cluster  (read-only)
		      kubectl --context west get namespace kube-system -o 'jsonpath={.metadata.uid}'

		 4. source       Find Portworx on the source  (read-only)
		      kubectl --context east get pods -A -l name=portworx

		 5. destination  Find Portworx on the destination  (read-only)
		      kubectl --context west get pods -A -l name=portworx

		 6. source       Find Stork on the source  (read-only)
		      kubectl --context east get deployments -A --field-selector metadata.name=stork

		 7. destination  Read the destination's cluster UUID  (read-only)
		      kubectl --context west -n kube-system exec pod/px-west-1 -c portworx -- /opt/pwx/bin/pxctl status

		 8. both         Confirm that they are two clusters  (read-only)
		      Compare the kube-system UIDs and the Portworx cluster UUIDs.

		 9. source       Create the object-store credential on the source
		      kubectl --context east -n portworx exec pod/px-east-1 -c portworx -- /opt/pwx/bin/pxctl credentials create --provider s3 --s3-access-key •••••••• --s3-secret-key •••••••• --s3-region us-east-1 --s3-endpoint s3.amazonaws.com --s3-storage-class STANDARD 'clusterPair_<UUID of the destination>'

		10. destination  Create the object-store credential on the destination
		      kubectl --context west -n kube-system exec pod/px-west-1 -c portworx -- /opt/pwx/bin/pxctl credentials create --provider s3 --s3-access-key •••••••• --s3-secret-key •••••••• --s3-region us-east-1 --s3-endpoint s3.amazonaws.com --s3-storage-class STANDARD 'clusterPair_<UUID of the destination>'

		11. source       Create the namespace migrationnamespace on the source, unless it exists
		      kubectl --context east get namespace/migrationnamespace 2>/dev/null || kubectl --context east create -f -
		      apiVersion: v1
		      kind: Namespace
		      metadata:
		        name: migrationnamespace
		        labels:
		          app.kubernetes.io/managed-by: pxpair

		12. destination  Create the namespace migrationnamespace on the destination, unless it exists
		      kubectl --context west get namespace/migrationnamespace 2>/dev/null || kubectl --context west create -f -
		      apiVersion: v1
		      kind: Namespace
		      metadata:
		        name: migrationnamespace
		        labels:
		          app.kubernetes.io/managed-by: pxpair

		13. destination  Generate the ClusterPair spec on the destination  (read-only)
		      storkctl --context west generate clusterpair -n migrationnamespace -- remotecluster
		      Removed: status, creationTimestamp, every LocationOfOrigin and extensions field (they block Stork for all pairs), and the placeholder in the options.

		14. destination  Fill in the storage options from the destination  (read-only)
		      kubectl --context west -n kube-system exec pod/px-west-1 -c portworx -- /opt/pwx/bin/pxctl cluster token show
		      Its value, ip and port go into spec.options of the spec, all as quoted strings.

		15. source       Apply the ClusterPair remotecluster on the source
		      kubectl --context east apply --server-side --field-manager pxpair -f -
		      apiVersion: stork.libopenstorage.org/v1alpha1
		      kind: ClusterPair
		      metadata:
		        name: remotecluster
		        namespace: migrationnamespace
		        labels:
		          app.kubernetes.io/managed-by: pxpair
		      spec:
		        config: <the kubeconfig entries of west, as generated>
		        options:
		          ip: <address of a destination node>
		          port: <its Portworx port>
		          token: ••••••••

		16. source       Wait until storage and scheduler are Ready on the source  (read-only)
		      kubectl --context east get clusterpair -n migrationnamespace --field-selector metadata.name=remotecluster --watch
		"
	`);
});

test('the plan as a runbook', () => {
	expect(runbook(s3, places)).toMatchInlineSnapshot(`
		"# Pair east → west as migrationnamespace/remotecluster

		## Before you start

		Use one shell for all steps. Type in what it asks for; secrets are not echoed and do not enter the history.

		\`\`\`sh
		{
		printf 'S3_ACCESS_KEY: '; stty -echo; IFS= read -r S3_ACCESS_KEY; stty echo; echo
		printf 'S3_SECRET_KEY: '; stty -echo; IFS= read -r S3_SECRET_KEY; stty echo; echo
		printf '%s: ' 'DESTINATION_IP (address of a destination node)'; IFS= read -r DESTINATION_IP
		printf '%s: ' 'DESTINATION_PORT (its Portworx port)'; IFS= read -r DESTINATION_PORT
		}
		\`\`\`

		## 1. Check both clusters for what the plan needs

		Cluster: **both** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		Look for what would make a later step fail: missing permissions, an address or a login that does not work from the other cluster, a store that rejects the key, existing objects of the same name, an object that blocks Stork. pxpair check does only this.

		Afterwards: No errors found.

		## 2. Reach the source cluster

		Cluster: **source** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		\`\`\`sh
		kubectl --context east get namespace kube-system -o 'jsonpath={.metadata.uid}'
		\`\`\`

		Afterwards: The source cluster answers.

		## 3. Reach the destination cluster

		Cluster: **destination** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		\`\`\`sh
		kubectl --context west get namespace kube-system -o 'jsonpath={.metadata.uid}'
		\`\`\`

		Afterwards: The destination cluster answers.

		## 4. Find Portworx on the source

		Cluster: **source** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		\`\`\`sh
		kubectl --context east get pods -A -l name=portworx
		\`\`\`

		Afterwards: Portworx is Ready on the source.

		## 5. Find Portworx on the destination

		Cluster: **destination** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		\`\`\`sh
		kubectl --context west get pods -A -l name=portworx
		\`\`\`

		Afterwards: Portworx is Ready on the destination.

		## 6. Find Stork on the source

		Cluster: **source** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		\`\`\`sh
		kubectl --context east get deployments -A --field-selector metadata.name=stork
		\`\`\`

		Afterwards: Stork runs on the source.

		## 7. Read the destination's cluster UUID

		Cluster: **destination** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#create-object-store-credentials-for-cloud-clusters)

		\`\`\`sh
		kubectl --context west -n kube-system exec pod/px-west-1 -c portworx -- /opt/pwx/bin/pxctl status
		\`\`\`

		Afterwards: The destination's cluster UUID is known.

		## 8. Confirm that they are two clusters

		Cluster: **both** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#generate-and-apply-a-clusterpair-spec)

		Compare the kube-system UIDs and the Portworx cluster UUIDs.

		Afterwards: They are two clusters.

		## 9. Create the object-store credential on the source

		Cluster: **source** · makes the object-store credential on the source · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#create-object-store-credentials-for-cloud-clusters)

		\`\`\`sh
		printf '%s\\n' "$S3_ACCESS_KEY" "$S3_SECRET_KEY" |
		  kubectl --context east -n portworx exec -i pod/px-east-1 -c portworx -- sh -c 'IFS= read -r S3_ACCESS_KEY; IFS= read -r S3_SECRET_KEY; exec /opt/pwx/bin/pxctl credentials create --provider s3 --s3-access-key "$S3_ACCESS_KEY" --s3-secret-key "$S3_SECRET_KEY" --s3-region us-east-1 --s3-endpoint s3.amazonaws.com --s3-storage-class STANDARD '\\''clusterPair_<UUID of the destination>'\\'''
		\`\`\`

		Afterwards: The object-store credential exists on the source.

		## 10. Create the object-store credential on the destination

		Cluster: **destination** · makes the object-store credential on the destination · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#create-object-store-credentials-for-cloud-clusters)

		\`\`\`sh
		printf '%s\\n' "$S3_ACCESS_KEY" "$S3_SECRET_KEY" |
		  kubectl --context west -n kube-system exec -i pod/px-west-1 -c portworx -- sh -c 'IFS= read -r S3_ACCESS_KEY; IFS= read -r S3_SECRET_KEY; exec /opt/pwx/bin/pxctl credentials create --provider s3 --s3-access-key "$S3_ACCESS_KEY" --s3-secret-key "$S3_SECRET_KEY" --s3-region us-east-1 --s3-endpoint s3.amazonaws.com --s3-storage-class STANDARD '\\''clusterPair_<UUID of the destination>'\\'''
		\`\`\`

		Afterwards: The object-store credential exists on the destination.

		## 11. Create the namespace migrationnamespace on the source, unless it exists

		Cluster: **source** · makes the namespace migrationnamespace on the source · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#apply-the-generated-clusterpair-on-the-source-cluster)

		\`\`\`sh
		kubectl --context east get namespace/migrationnamespace 2>/dev/null || kubectl --context east create -f - <<'MANIFEST'
		apiVersion: v1
		kind: Namespace
		metadata:
		  name: migrationnamespace
		  labels:
		    app.kubernetes.io/managed-by: pxpair
		MANIFEST
		\`\`\`

		Afterwards: The namespace migrationnamespace exists on the source.

		## 12. Create the namespace migrationnamespace on the destination, unless it exists

		Cluster: **destination** · makes the namespace migrationnamespace on the destination · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#apply-the-generated-clusterpair-on-the-source-cluster)

		\`\`\`sh
		kubectl --context west get namespace/migrationnamespace 2>/dev/null || kubectl --context west create -f - <<'MANIFEST'
		apiVersion: v1
		kind: Namespace
		metadata:
		  name: migrationnamespace
		  labels:
		    app.kubernetes.io/managed-by: pxpair
		MANIFEST
		\`\`\`

		Afterwards: The namespace migrationnamespace exists on the destination.

		## 13. Generate the ClusterPair spec on the destination

		Cluster: **destination** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#generate-a-clusterpair-on-the-destination-cluster)

		\`\`\`sh
		(umask 077; storkctl --context west generate clusterpair -n migrationnamespace -- remotecluster | awk '
		  match($0, /[^ ]/) {
		    if (depth && (RSTART > depth || (RSTART == depth && /^ *- /))) next
		    depth = 0
		    if (/^(status|  creationTimestamp):/ || /^ *(LocationOfOrigin|extensions|<?insert_storage_options_here>?):/) depth = RSTART
		    else print
		  }
		' > clusterpair.yaml)
		\`\`\`

		Removed: status, creationTimestamp, every LocationOfOrigin and extensions field (they block Stork for all pairs), and the placeholder in the options.

		Afterwards: The ClusterPair spec for the destination is generated.

		## 14. Fill in the storage options from the destination

		Cluster: **destination** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#show-your-destination-cluster-token)

		\`\`\`sh
		CLUSTER_TOKEN=$(kubectl --context west -n kube-system exec pod/px-west-1 -c portworx -- /opt/pwx/bin/pxctl cluster token show |
		  sed -n 's/^[[:space:]]*Token is \\([^[:space:]]*\\).*/\\1/p')
		\`\`\`

		Its value, ip and port go into spec.options of the spec, all as quoted strings.

		Afterwards: The storage options of the destination are filled in.

		## 15. Apply the ClusterPair remotecluster on the source

		Cluster: **source** · makes the ClusterPair migrationnamespace/remotecluster on the source · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#apply-the-generated-clusterpair-on-the-source-cluster)

		\`\`\`sh
		kubectl --context east patch --local -f clusterpair.yaml --type merge -o yaml --patch-file /dev/stdin <<PATCH |
		apiVersion: stork.libopenstorage.org/v1alpha1
		kind: ClusterPair
		metadata:
		  name: remotecluster
		  namespace: migrationnamespace
		  labels:
		    app.kubernetes.io/managed-by: pxpair
		spec:
		  options:
		    ip: "$DESTINATION_IP"
		    port: "$DESTINATION_PORT"
		    token: "$CLUSTER_TOKEN"
		PATCH
		  kubectl --context east apply --server-side --field-manager pxpair -f -
		rm clusterpair.yaml
		\`\`\`

		Afterwards: The ClusterPair remotecluster exists on the source as planned.

		## 16. Wait until storage and scheduler are Ready on the source

		Cluster: **source** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#verifying-the-pair-status)

		\`\`\`sh
		kubectl --context east get clusterpair -n migrationnamespace --field-selector metadata.name=remotecluster --watch
		\`\`\`

		Afterwards: The ClusterPair remotecluster is Ready on the source.
		"
	`);
});

test('without a store and without secrets, the runbook asks for none', () => {
	const pair = { ...defaultPair, storage: 'none' } as const;
	const metro = planPairing(answersWith({ objectStore: stores.none, pair }), unknownFacts);
	expect(runbook(metro, places).split('## 3.')[0]).toMatchInlineSnapshot(`
		"# Pair east → west as migrationnamespace/remotecluster

		> No storage is paired: both clusters share one Portworx cluster (synchronous DR). Storage will say NotProvided.

		## 1. Check both clusters for what the plan needs

		Cluster: **both** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		Look for what would make a later step fail: missing permissions, an address or a login that does not work from the other cluster, a store that rejects the key, existing objects of the same name, an object that blocks Stork. pxpair check does only this.

		Afterwards: No errors found.

		## 2. Reach the source cluster

		Cluster: **source** · read-only · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#prerequisites)

		\`\`\`sh
		kubectl --context east get namespace kube-system -o 'jsonpath={.metadata.uid}'
		\`\`\`

		Afterwards: The source cluster answers.

		"
	`);
});

test('a Google key is put into the pod and taken out of it', () => {
	const google = planPairing(answersWith({ objectStore: stores.google }), unknownFacts);
	expect(/## 9\..*?(?=## 10\.)/s.exec(runbook(google, places))?.[0]).toMatchInlineSnapshot(`
		"## 9. Create the object-store credential on the source

		Cluster: **source** · makes the object-store credential on the source · [documentation](https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/#create-object-store-credentials-for-cloud-clusters)

		The key file is in that pod for as long as this takes, as /etc/pwx/.pxpair-key.json.

		\`\`\`sh
		printf '%s\\n' "$(base64 < "$GOOGLE_JSON_KEY_FILE" | tr -d '\\n')" |
		  kubectl --context east -n portworx exec -i pod/px-east-1 -c portworx -- sh -c 'IFS= read -r KEY; umask 077; trap "rm -f /etc/pwx/.pxpair-key.json" EXIT; trap "exit 1" HUP INT TERM; printf %s "$KEY" | base64 -d > /etc/pwx/.pxpair-key.json; /opt/pwx/bin/pxctl credentials create --provider google --google-project-id my-project --google-json-key-file /etc/pwx/.pxpair-key.json '\\''clusterPair_<UUID of the destination>'\\'''
		\`\`\`

		\`\`\`sh
		kubectl --context east -n portworx exec pod/px-east-1 -c portworx -- rm -f /etc/pwx/.pxpair-key.json
		\`\`\`

		Afterwards: The object-store credential exists on the source.

		"
	`);
});

test('the plan as JSON', () => {
	const { steps, ...head } = JSON.parse(
		planJson(s3, places, true, [fact('cluster', 'kubernetes', 'source', 'Kubernetes v1.31')]),
	);
	expect(head).toEqual({
		schema: 'pxpair.plan/v1',
		practice: true,
		title: 'Pair east → west as migrationnamespace/remotecluster',
		remarks: [],
		findings: [{ level: 'fact', topic: 'cluster', id: 'kubernetes', on: 'source', text: 'Kubernetes v1.31' }],
	});
	expect(steps[8]).toEqual({
		id: 'create-credential/source',
		on: 'source',
		title: 'Create the object-store credential on the source',
		changes: 'the object-store credential on the source',
		docs: expect.stringMatching(/^https:/),
		preview: [expect.stringContaining('pxctl credentials create --provider s3 --s3-access-key •••••••• ')],
	});
	expect(steps[0]).toMatchObject({ id: 'check-clusters', on: 'both', changes: null });
	expect(steps[1]).toMatchObject({ id: 'reach-cluster/source', changes: null });
});

test.each(['s3', 'azure', 'google', 'none'] as const)('no face of a plan shows a secret: %s', store => {
	const plan = planPairing(
		answersWith({ objectStore: stores[store], location: 'on-premises' }),
		unknownFacts,
	);
	expect(
		[planText(plan, places), planJson(plan, places, false, []), runbook(plan, places)].join(),
	).not.toContain('canary');
});

test('a context with a blank in its name stays one word', () => {
	const odd = { ...places, source: { ...places.source, context: 'my cluster' } };
	for (const face of [planText(s3, odd), runbook(s3, odd)]) {
		expect(face).toContain("kubectl --context 'my cluster' -n portworx exec ");
	}
});

test('a kubeconfig file that is named is in every line, and its ~ stays one', () => {
	const named = {
		source: { ...places.source, kubeconfig: '~/my configs/east' },
		destination: { ...places.destination, context: 'east', kubeconfig: "/it's" },
	};
	for (const face of [planText(s3, named), runbook(s3, named)]) {
		const lines = face.match(/(?:kubectl|storkctl) --.*?(?=kubectl --|$)/gm) ?? [];
		const isNamed = /^\w+ --kubeconfig (~\/'my configs\/east'|'\/it'\\''s') --context (east|west) /;
		expect(lines.filter(line => !isNamed.test(line))).toEqual([]);
		expect(lines.length).toBeGreaterThan(12);
	}
});

test("a shell that follows the runbook brings each secret to its flag, and to no one's command line", async () => {
	const folder = await temporaryFolder();
	// Represents kubectl: notes its own command line, and runs what comes after `--`.
	await folder.file(
		'kubectl',
		`#!/bin/sh\necho "$*" >> "${folder.path}/kubectl-saw"\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n`,
		'executable',
	);
	const pxctl = await folder.file('pxctl', `#!/bin/sh\nprintf '%s\\n' "$@"\n`, 'executable');
	const block =
		/```sh\n(printf '%s\\n' [^`]*credentials create[^`]*)```/.exec(runbook(s3, places))?.[1] ?? '';
	const script = block.replace('/opt/pwx/bin/pxctl', pxctl);
	const { stdout } = await promisify(execFile)('sh', ['-c', script], {
		env: {
			PATH: `${folder.path}:${process.env.PATH}`,
			S3_ACCESS_KEY: 'canary id',
			S3_SECRET_KEY: `canary "q' $x`,
		},
	});

	expect(stdout.split('\n').slice(0, 12)).toEqual([
		...['credentials', 'create', '--provider', 's3'],
		...['--s3-access-key', 'canary id', '--s3-secret-key', `canary "q' $x`],
		...['--s3-region', 'us-east-1', '--s3-endpoint', 's3.amazonaws.com'],
	]);
	const { stdout: saw } = await promisify(execFile)('cat', [`${folder.path}/kubectl-saw`]);
	expect(saw).not.toContain('canary');
});

test('on a terminal prose breaks between words, and what is to be copied does not', () => {
	const text = planText(s3, places, { ...plainPage, columns: 60 });
	const long = text.split('\n').filter(line => line.length > 60);
	expect(long).not.toEqual([]);
	expect(long.filter(line => !/^ {6}(kubectl|storkctl| *[\w.'"/-]+: )/.test(line))).toEqual([]);
	expect(text).toContain('      Look for what would make a later step fail: missing\n');
});
