import { expect, test } from 'vitest';
import { type Finding, fact } from '../../source/pairing/words/finding.ts';
import { clusterProblem } from '../../source/pairing/words/problem.ts';
import {
	checkSchema,
	checkWords,
	findingsJson,
	findingsText,
	statusWords,
	troublesText,
} from '../../source/plain/findings.ts';

const ending: Finding = {
	level: 'warning',
	topic: 'portworx',
	problem: clusterProblem({
		id: 'license-ending',
		side: 'destination',
		title: 'The Portworx license of the destination ends soon',
		evidence: 'pxctl status: License: Trial (expires in 3 days)',
		remedies: ['Renew it.'],
	}),
};
const alike: Finding = {
	level: 'error',
	topic: 'plan',
	problem: clusterProblem({
		id: 'same-cluster',
		title: 'Both contexts are one cluster',
		remedies: ['Choose another context.'],
		docs: 'https://docs.example/#x',
	}),
};
const facts = [
	fact('cluster', 'kubernetes', 'source', 'Kubernetes v1.31.0'),
	fact('cluster', 'kubernetes', 'destination', 'Kubernetes v1.32.0'),
	fact('permissions', 'permission-granted', 'source', 'may list pods, to find Portworx'),
	fact('portworx', 'clocks', 'both', 'Clocks differ by 0 s'),
];

test('errors and warnings come first, then what is known of each cluster', () => {
	expect(findingsText([...facts, ending, alike], checkWords).join('\n')).toMatchInlineSnapshot(`
		"1 error, 1 warning. Fix the errors before you pair. Read-only: nothing was changed.

		Errors: pairing would fail

		  both: Both contexts are one cluster  [same-cluster]
		    → Choose another context.
		    https://docs.example/#x
		    More: pxpair explain same-cluster

		Warnings: pairing works, but may cause trouble later

		  destination: The Portworx license of the destination ends soon  [license-ending]
		    pxctl status: License: Trial (expires in 3 days)
		    → Renew it.
		    More: pxpair explain license-ending

		The source
		  Kubernetes v1.31.0

		The destination
		  Kubernetes v1.32.0

		Both
		  Clocks differ by 0 s

		1 error, 1 warning. Fix the errors before you pair. Read-only: nothing was changed."
	`);
});

test('nothing blocks it', () => {
	expect(findingsText(facts.slice(0, 1), checkWords).join('\n')).toMatchInlineSnapshot(`
		"No problems found. Read-only: nothing was changed.

		The source
		  Kubernetes v1.31.0

		No problems found. Read-only: nothing was changed."
	`);
});

test('what is many of a kind is counted as such', () => {
	expect(findingsText([ending, ending], checkWords).at(-1)).toBe(
		'2 warnings. Pairing would work. Read-only: nothing was changed.',
	);
});

test('as JSON, every finding has the same fields', () => {
	expect(
		findingsJson({ schema: checkSchema, practice: true }, [...facts.slice(2), alike, ending]),
	).toMatchInlineSnapshot(`
		"{
		  "schema": "pxpair.check/v1",
		  "practice": true,
		  "errors": 1,
		  "warnings": 1,
		  "findings": [
		    {
		      "level": "fact",
		      "topic": "permissions",
		      "id": "permission-granted",
		      "on": "source",
		      "text": "may list pods, to find Portworx"
		    },
		    {
		      "level": "fact",
		      "topic": "portworx",
		      "id": "clocks",
		      "on": "both",
		      "text": "Clocks differ by 0 s"
		    },
		    {
		      "level": "error",
		      "topic": "plan",
		      "id": "same-cluster",
		      "on": "both",
		      "text": "Both contexts are one cluster",
		      "problem": {
		        "kind": "cluster",
		        "title": "Both contexts are one cluster",
		        "remedies": [
		          "Choose another context."
		        ],
		        "id": "same-cluster",
		        "docs": "https://docs.example/#x",
		        "more": "docs/problems.md#same-cluster"
		      }
		    },
		    {
		      "level": "warning",
		      "topic": "portworx",
		      "id": "license-ending",
		      "on": "destination",
		      "text": "The Portworx license of the destination ends soon",
		      "problem": {
		        "kind": "cluster",
		        "title": "The Portworx license of the destination ends soon",
		        "evidence": "pxctl status: License: Trial (expires in 3 days)",
		        "remedies": [
		          "Renew it."
		        ],
		        "id": "license-ending",
		        "side": "destination",
		        "more": "docs/problems.md#license-ending"
		      }
		    }
		  ]
		}"
	`);
});

test('an error that was met twice is counted once', () => {
	expect(JSON.parse(findingsJson({ schema: checkSchema, practice: false }, [alike, alike]))).toMatchObject({
		practice: false,
		errors: 1,
		warnings: 0,
	});
});

test('of an existing pair, the same in other words', () => {
	expect(findingsText([alike], statusWords).join('\n')).toMatchInlineSnapshot(`
		"1 error. The pair needs fixing, whatever its status says.

		Errors: the pair does not work, or will fail when it is needed

		  both: Both contexts are one cluster  [same-cluster]
		    → Choose another context.
		    https://docs.example/#x
		    More: pxpair explain same-cluster

		1 error. The pair needs fixing, whatever its status says."
	`);
});

test('beside a plan stand only errors and warnings', () => {
	expect(troublesText(facts)).toEqual([]);
	expect(troublesText([...facts, alike]).join('\n')).toMatchInlineSnapshot(`
		"The run would fail:

		  both: Both contexts are one cluster  [same-cluster]
		    → Choose another context.
		    https://docs.example/#x
		    More: pxpair explain same-cluster
		"
	`);
});
