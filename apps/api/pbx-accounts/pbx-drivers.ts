/** Token of the drivers of whoever composes the API with others than those of this build. */
export const PBX_DRIVERS = Symbol('PbxDrivers');
