package dev.dvtls.run.transfer;

class MariaDbBuildTest extends BuildCases {
    MariaDbBuildTest() {
        super(new MariaDbTransferTest());
    }
}
