export { defineResource, type Defined } from './define-resource.ts';
export * from './definition.ts';
export * from './node-type.ts';
export { policyNodes, policyStatement, type PolicyNodes } from './policy-nodes.ts';
export * from './properties.ts';
export * from './reader.ts';
