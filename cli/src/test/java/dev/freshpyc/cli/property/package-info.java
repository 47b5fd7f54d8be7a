/** What random trees and real interpreters say of a repair. */
@NullMarked
package dev.freshpyc.cli.property;

import org.jspecify.annotations.NullMarked;
