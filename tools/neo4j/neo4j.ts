export { answers, type Neo4jAddress } from './ask.ts';
export { installNeo4j } from './install.ts';
export { findJava } from './java.ts';
export { useLocalNeo4j } from './local.ts';
export { startNeo4j, type LocalNeo4j, type Neo4jOptions } from './start.ts';
